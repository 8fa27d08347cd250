using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Reporting;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Reporting.Waivers;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;
using VaultConformance.Runs.Replaying;

namespace VaultConformance.Cli.Commands;

/// <summary><c>replay</c>: judges recorded evidence again, without a cluster.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class ReplayVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var evidence = new Argument<string>(
            "evidence") { Description = "Evidence bundle (*.vcb), output folder of a run, or the folder 'evidence' in it." };
        var profile = new Option<string?>(
            "--profile") { Description = "Judge by this profile instead of the recorded one.", HelpName = "name[@version]" };
        var waivers = new Option<string[]>(Settings.Waivers.Option)
        {
            Description = "Judge by these waivers instead of the recorded ones.", HelpName = "file", Arity = ArgumentArity.OneOrMore,
        };
        var reparse = new Option<bool>("--reparse")
        {
            Description = "Read the facts about containers again out of the recorded snapshots, with the parsers of this version."
        };
        var output = new Option<string?>("--output") { Description = "Write results here too.", HelpName = "folder" };
        var command = new Command("replay", "Recompute the verdict of a run from its recorded evidence; needs no Docker and no cluster.")
        {
            evidence, profile, waivers, reparse, output
        };
        command.SetAction((result, cancellationToken) =>
            RunAsync(
                result.GetRequiredValue(evidence), result.GetValue(profile), result.GetValue(waivers)
                    ?? [], result.GetValue(reparse), result.GetValue(output), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(
        string path, string? profile, string[] waivers, bool reparse, string? output, CancellationToken cancellationToken)
    {
        var evidence = RecordedEvidence.Open(Path.GetFullPath(path, services.WorkingFolder));
        var outcome = await new Replay(services.Judge, services.TimeProvider) { Reparse = reparse }.RunAsync(
            evidence,
            await ReadOtherAsync(profile, cancellationToken),
            await ReadOtherAsync(waivers, cancellationToken),
            cancellationToken);
        var console = new ConsoleReport(services.Console);
        console.Write(outcome.Report);
        if (output is not null)
        {
            var folder = Path.GetFullPath(output, services.WorkingFolder);
            await new ReportFolder(folder).WriteAsync(outcome.Report, outcome.NUnitXml, cancellationToken);
            new FixText(services.Console).WritePlace(outcome.Report, folder);
        }

        console.WriteVerdict(outcome.Report);
        return ExitCodes.From(outcome.Report.Verdict);
    }

    private async Task<IReadOnlyList<WaiverFile>?> ReadOtherAsync(string[] waivers, CancellationToken cancellationToken) =>
        waivers.Length == 0
            ? null
            : await new WaiverLoader(services.Judge.Controls)
                .LoadAsync([.. waivers.Select(path => Path.GetFullPath(path, services.WorkingFolder))], cancellationToken);

    private async Task<Profile?> ReadOtherAsync(string? reference, CancellationToken cancellationToken) => reference is null
        ? null
        : (await services.Judge.Profiles.LoadAsync(reference, services.WorkingFolder, cancellationToken)).Profile;
}
