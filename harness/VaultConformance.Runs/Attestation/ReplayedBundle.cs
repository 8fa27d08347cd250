using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Harness;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Records;
using VaultConformance.Runs.Replaying;

namespace VaultConformance.Runs.Attestation;

/// <summary>A sound bundle, what it recorded, and what its observations really give.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Record">The record of the run.</param>
/// <param name="Recorded">The results as they were recorded.</param>
/// <param name="Report">The report as the observations give it, with what was recorded for controls of other revisions.</param>
internal sealed record ReplayedBundle(Bundle Bundle, RunRecord Record, JsonObject Recorded, ConformanceReport Report)
{
    /// <summary>Reads a bundle and judges its observations again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="judge">Judges the observations.</param>
    /// <param name="timeProvider">Clock.</param>
    /// <param name="cancellationToken">Ends the controls.</param>
    /// <exception cref="BundleException">It is refused.</exception>
    /// <exception cref="HarnessException">Its record cannot be read.</exception>
    /// <exception cref="ProfileException">Its profile does not fit the controls of this program.</exception>
    /// <exception cref="AttestationException">Its results cannot be read.</exception>
    public static async Task<ReplayedBundle> OpenAsync(
        string path, IJudge judge, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var bundle = BundleReader.Open(path);
        var evidence = new BundleEvidence(bundle);
        var record = await RunRecordFile.ReadAsync(evidence, cancellationToken);
        var outcome = await new Replay(judge, timeProvider).RunAsync(evidence, otherProfile: null, otherWaivers: null, cancellationToken);
        var recorded =
            AttestationJson.ParseObject(bundle.Require(BundleLayout.Results), $"Part '{BundleLayout.Results}' of bundle '{path}'");
        var judged = ToJudged(
            outcome.Report with
            {
                Notices = [.. outcome.Report.Notices.Where(
                    notice => notice.StartsWith("STAND-IN", StringComparison.Ordinal) || record.Notices.Contains(notice))]
            },
            recorded);
        var (report, revised) = IsOfOtherBuild(record) ? RevisedControls.Apply(bundle, judged) : (judged, RevisedControls.None);
        return new ReplayedBundle(bundle, record, recorded, report) { Revised = revised };
    }

    /// <summary>True when another build than this program wrote the bundle, or it is not known which one did.</summary>
    public bool OfOtherBuild => IsOfOtherBuild(Record);

    /// <summary>What wrote the bundle, for example <c>vault-conformance 0.1.0, build 7193513</c>.</summary>
    public string ToolAndBuild => ToolName.Describe(Record.Tool, Record.Build);

    /// <summary>Controls that the bundle records by another revision than this program has.</summary>
    public RevisedControls Revised { get; private init; } = RevisedControls.None;

    /// <summary>What an attestation of it says.</summary>
    public AttestedRun Attested => new(
        Report,
        new DigestedText(Path.GetFileName(Bundle.Name), Bundle.Sha256),
        new DigestedText(Report.Profile, ComputeSha256(Encoding.UTF8.GetBytes(Record.Profile))),
        [.. Record.Waivers.Select(file => new DigestedText(file.File, ComputeSha256(Encoding.UTF8.GetBytes(file.Text))))],
        new DigestedText(BundleLayout.Plan, ComputeSha256(Bundle.Require(BundleLayout.Plan).Span)));

    // A run that ended before anything was judged has no results; a replay finds every control inconclusive. Both say nothing.
    private static ConformanceReport ToJudged(ConformanceReport report, JsonObject recorded) =>
        report.Problem is not null && recorded["results"] is JsonArray { Count: 0 } ? report with { Results = [] } : report;

    private static bool IsOfOtherBuild(RunRecord record) => record.Tool != ToolName.OfThisProgram || record.Build != ToolName.Build;

    private static string ComputeSha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
