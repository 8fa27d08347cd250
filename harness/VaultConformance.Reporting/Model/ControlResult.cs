using System.Diagnostics.CodeAnalysis;

namespace VaultConformance.Reporting.Model;

/// <summary>What became of one control in one run.</summary>
/// <param name="Control">The control.</param>
/// <param name="Level">Level that counted in this run, after profile and circumstances.</param>
/// <param name="LevelReason">Why the level differs from the control's own; null when it does not.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why it failed, does not apply or could not be told; when passed a warning, or empty.</param>
/// <param name="Findings">What was checked, subject by subject.</param>
/// <param name="Duration">How long the control took, observation included.</param>
public sealed record ControlResult(
    ControlDescriptor Control,
    Requirement Level,
    string? LevelReason,
    Outcome Outcome,
    string Reason,
    IReadOnlyList<Finding> Findings,
    TimeSpan Duration)
{
    /// <summary>The waiver that turned a failure into <see cref="Outcome.Waived"/>; null otherwise.</summary>
    public Waiver? Waiver { get; init; }

    /// <summary>
    /// What a reader sees first: for a failure one to three plain sentences; for everything else, and for failures without sentences of
    /// their own, <see cref="Reason"/>. What accepts a waived failure stands in <see cref="Waiver"/>. Setting null means the reason.
    /// </summary>
    [AllowNull]
    public string Summary { get => field ?? Reason; init; }

    /// <summary>
    /// Where only what is declared was judged: what only a run can show of this control, as a sentence. Null in the result of a run.
    /// </summary>
    public string? LeftToRun { get; init; }

    /// <summary>What makes it fail together with other controls; null when it failed for a reason of its own, or did not fail.</summary>
    public FailureCause? Cause { get; init; }

    /// <summary>What kept it from being determined; empty when it was determined, and where only the facts say it.</summary>
    public IReadOnlyList<OpenCause> Open { get; init; } = [];

    /// <summary>
    /// What the user's values say about it, the most likely cause first: the places that its findings name themselves, then what its keys
    /// find. Empty where they say nothing.
    /// </summary>
    public IReadOnlyList<DeclaredValue> Declared { get; init; } = [];

    /// <summary>Places in the values files that its findings name themselves; empty where only the keys of the control say where.</summary>
    internal IReadOnlyList<ValuePlace> Places { get; init; } = [];

    /// <summary>What the evidence itself says, for a control that failed or could not be determined.</summary>
    internal EvidenceExcerpt Excerpt { get; init; } = EvidenceExcerpt.None;
}

/// <summary>A place in a values file that a finding names itself.</summary>
/// <param name="Key">Key of the value.</param>
/// <param name="File">Name of the values file without its folder.</param>
/// <param name="Line">Line in it, from 1.</param>
/// <param name="Text">What is to be said about it.</param>
internal sealed record ValuePlace(string Key, string File, int Line, string Text)
{
    /// <summary>Which of the values files it is, from 1; null when only its name is known.</summary>
    public int? FileNumber { get; init; }
}

/// <summary>What a values file says about a control.</summary>
/// <param name="Key">Key of the value, for example <c>server.dataStorage.enabled</c>.</param>
/// <param name="File">Name of the values file without its folder.</param>
/// <param name="Line">Line in it, from 1.</param>
/// <param name="Text">
/// The value on one line, shortened and redacted; for a block only what kind it is; where a finding names the place, what is wrong with it.
/// </param>
public sealed record DeclaredValue(string Key, string File, int Line, string Text)
{
    /// <summary>The file as a path with <c>/</c> from the folder that the run was started in; its name when it lies elsewhere.</summary>
    public string Path { get; init; } = File;
}

/// <summary>One fact that a control compared.</summary>
/// <param name="Subject">Pod, Service or other thing.</param>
/// <param name="Fact">What was compared, in words.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Actual">What was seen.</param>
/// <param name="Outcome">Passed, Failed, NotApplicable or Inconclusive.</param>
public sealed record Finding(string Subject, string Fact, string Expected, string Actual, Outcome Outcome)
{
    /// <summary>
    /// Names of the parts of the evidence that it rests on, for example <c>observations/pod/vault-0/mounts.json</c>; empty in results that
    /// were recorded before this was.
    /// </summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>True when both say the same and rest on the same evidence.</summary>
    /// <param name="other">The other finding.</param>
    public bool Equals(Finding? other) =>
        other is not null
            && (Subject, Fact, Expected, Actual, Outcome) == (other.Subject, other.Fact, other.Expected, other.Actual, other.Outcome)
        && Evidence.SequenceEqual(other.Evidence, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Subject, Fact, Expected, Actual, Outcome);
}
