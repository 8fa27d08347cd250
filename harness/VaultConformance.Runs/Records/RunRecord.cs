using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;

namespace VaultConformance.Runs.Records;

/// <summary>What a recorded run needs besides its observations to be judged again: <c>run.json</c> in the evidence folder.</summary>
/// <param name="FormatVersion">Layout of the file.</param>
/// <param name="RunId">Id of the run.</param>
/// <param name="Tool">Name and version of the program that recorded it.</param>
/// <param name="StartedAt">Start (UTC).</param>
/// <param name="Notices">Sentences that come first in every format.</param>
/// <param name="Subject">What was tested.</param>
/// <param name="Profile">The profile, as the text of its file.</param>
/// <param name="Only">Ids of the controls that were verified; empty for all.</param>
/// <param name="Skip">Ids of the controls that were not verified.</param>
/// <param name="Problem">What kept the run from finishing; null when nothing did.</param>
internal sealed record RunRecord(
    int FormatVersion,
    string RunId,
    string Tool,
    DateTimeOffset StartedAt,
    IReadOnlyList<string> Notices,
    IReadOnlyList<SubjectFact> Subject,
    string Profile,
    IReadOnlyList<string> Only,
    IReadOnlyList<string> Skip,
    string? Problem)
{
    /// <summary>The layout that this program writes.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The oldest layout that this program reads; what came later is missing in it.</summary>
    public const int OldestFormat = 1;

    /// <summary>The commit that the program was built from; null when it is not known, and in earlier records.</summary>
    public string? Build { get; init; }

    /// <summary>End (UTC); null in layout 1.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How long each phase took, in order.</summary>
    public IReadOnlyList<PhaseDuration> Phases { get; init; } = [];

    /// <summary>True when a stand-in was tested.</summary>
    public bool StandIn { get; init; }

    /// <summary>What was tested, by digest.</summary>
    public IReadOnlyList<SubjectDigest> Digests { get; init; } = [];

    /// <summary>The files of waivers that the run was given, in order.</summary>
    public IReadOnlyList<RecordedWaivers> Waivers { get; init; } = [];

    /// <summary>What the values files declared about the controls.</summary>
    public DeclaredValues Declared { get; init; } = DeclaredValues.None;

    /// <summary>The values files without secrets; null in records of earlier versions.</summary>
    public RecordedValues? Values { get; init; }
}

/// <summary>A file of waivers as it was when the run started.</summary>
/// <param name="File">Its name without its folder.</param>
/// <param name="Text">Its text.</param>
internal sealed record RecordedWaivers(string File, string Text);
