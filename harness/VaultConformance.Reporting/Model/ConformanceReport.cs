namespace VaultConformance.Reporting.Model;

/// <summary>Everything that writers need about a run. Holds no secrets.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="Tool">Name and version of the program.</param>
/// <param name="StartedAt">Start (UTC).</param>
/// <param name="FinishedAt">End (UTC).</param>
/// <param name="Profile">Profile, for example <c>baseline@1.0</c>.</param>
/// <param name="Notices">Sentences that come first in every format, for example that a stand-in was tested.</param>
/// <param name="Subject">What was tested: ordered name and value pairs.</param>
/// <param name="Phases">How long each phase took, in order.</param>
/// <param name="Planned">Ids of all controls that the plan contains.</param>
/// <param name="Results">One per planned control, ordered by id.</param>
/// <param name="Problem">What kept the run from finishing; null when nothing did.</param>
public sealed record ConformanceReport(
    string RunId,
    string Tool,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    string Profile,
    IReadOnlyList<string> Notices,
    IReadOnlyList<SubjectFact> Subject,
    IReadOnlyList<PhaseDuration> Phases,
    IReadOnlyList<ControlId> Planned,
    IReadOnlyList<ControlResult> Results,
    string? Problem)
{
    /// <summary>The verdict: it follows from the results and is never stored on its own.</summary>
    public Verdict Verdict => VerdictRules.Decide(this);

    /// <summary>True when a stand-in server or chart was tested. Such a run cannot certify anything.</summary>
    public bool StandIn { get; init; }

    /// <summary>True when nothing was started and only what is declared was judged. Then the verdict is never Conformant.</summary>
    public bool OnlyDeclared { get; init; }

    /// <summary>What was tested, each thing by the digest of its content.</summary>
    public IReadOnlyList<SubjectDigest> Digests { get; init; } = [];

    /// <summary>The values files in order, as in <see cref="DeclaredValue.Path"/>; empty when they are not known.</summary>
    public IReadOnlyList<string> ValuesFiles { get; init; } = [];

    /// <summary>What became of each waiver that the run was given; empty when it was given none.</summary>
    public IReadOnlyList<WaiverStatus> Waivers { get; init; } = [];

    /// <summary>
    /// Where the evidence is when it does not lie beside the report, so that nothing there can be linked to; null when it does.
    /// </summary>
    internal string? EvidenceElsewhere { get; init; }

    /// <summary>What to change; null when nothing failed, or the values are not known.</summary>
    internal RunFix? Fix { get; init; }
}

/// <summary>A thing that was tested, identified by its content.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">For example <c>vault-0.34.1</c> or <c>values.yaml</c>.</param>
/// <param name="Sha256">SHA-256 of its content, 64 hexadecimal digits in lower case.</param>
public sealed record SubjectDigest(SubjectKind Kind, string Name, string Sha256);

/// <summary>Kind of a thing that was tested.</summary>
public enum SubjectKind
{
    /// <summary>The Helm chart.</summary>
    Chart,

    /// <summary>A values file.</summary>
    Values,

    /// <summary>A patch on the rendered objects.</summary>
    Patch,

    /// <summary>A container image, by the digest that the node runs.</summary>
    Image,

    /// <summary>A file that configured the server after it was unsealed.</summary>
    Setup,
}

/// <summary>One fact on what was tested.</summary>
/// <param name="Name">For example <c>Chart</c>.</param>
/// <param name="Value">For example <c>vault 0.34.1</c>.</param>
public sealed record SubjectFact(string Name, string Value);

/// <summary>Duration of one phase.</summary>
/// <param name="Phase">For example <c>cluster</c>.</param>
/// <param name="Duration">How long.</param>
public sealed record PhaseDuration(string Phase, TimeSpan Duration);
