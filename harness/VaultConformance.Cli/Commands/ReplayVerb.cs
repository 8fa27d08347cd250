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
        var output = new Option<string?>("--output", "-o") { Description = "Write results here too.", HelpName = "folder" };
        profile.CompletionSources.Add([.. services.Judge.Profiles.References]);
        var command = new VerbCommand(
            "replay",
            "Recompute the verdict of a run from its recorded evidence; needs no Docker and no cluster.",
            "replay results/evidence.vcb",
            "replay out/RUN-ID --profile hardened",
            "replay results/evidence.vcb --show all",
            "replay results/evidence.vcb --fail-on regression --baseline last-night/evidence.vcb") { evidence };
        command.AddGroup("How it is judged", profile, waivers, reparse);
        command.AddGroup("Results", output);
        var exit = new SettingOptions(Settings.OfExit);
        exit.AddTo(command, services.Judge);
        var view = new ViewOptions();
        view.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            new ReplayRequest(
                result.GetRequiredValue(evidence),
                result.GetValue(profile),
                result.GetValue(waivers) ?? [],
                result.GetValue(reparse),
                result.GetValue(output),
                ReadExit(exit.CreateLayer(result)),
                view.Read(result)),
            cancellationToken));
        return command;
    }

    private ExitPlan ReadExit(ISettingLayer commandLine)
    {
        var problems = new PlanProblems();
        var layers = new[]
        {
            commandLine, new EnvironmentLayer(services.Variables), FileLayer.Read(services.WorkingFolder, problems),
        };
        var exit = ExitPlan.Read(new PlanReader(layers, services.WorkingFolder, problems), problems, RecordedResults.OpenRun);
        problems.ThrowIfAny();
        return exit;
    }

    private async Task<int> RunAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        var evidence = RecordedEvidence.Open(Path.GetFullPath(request.Evidence, services.WorkingFolder));
        var outcome = await new Replay(services.Judge, services.TimeProvider) { Reparse = request.Reparse }.RunAsync(
            evidence,
            await ReadOtherAsync(request.Profile, cancellationToken),
            await ReadOtherAsync(request.Waivers, cancellationToken),
            cancellationToken);
        var console = new ConsoleReport(services.Console, request.View);
        console.Write(outcome.Report);
        var folder = request.Output is null ? null : Path.GetFullPath(request.Output, services.WorkingFolder);
        if (folder is not null)
        {
            var report = await EvidencePlace.FillInAsync(outcome.Report, request.Evidence, folder, cancellationToken);
            await new ReportFolder(folder).WriteAsync(report, outcome.NUnitXml, cancellationToken);
            new FixText(services.Console).WritePlace(outcome.Report, folder);
        }

        console.WriteVerdict(outcome.Report);
        var decided = new ExitDecision(services.Console).Decide(outcome.Report, request.Exit);
        if (folder is not null)
        {
            new NextStep(services.Console).Write(outcome.Report, folder);
        }

        return decided;
    }

    private async Task<IReadOnlyList<WaiverFile>?> ReadOtherAsync(string[] waivers, CancellationToken cancellationToken) =>
        waivers.Length == 0
            ? null
            : await new WaiverLoader(services.Judge.Controls)
                .LoadAsync([.. waivers.Select(path => Path.GetFullPath(path, services.WorkingFolder))], cancellationToken);

    private async Task<Profile?> ReadOtherAsync(string? reference, CancellationToken cancellationToken) => reference is null
        ? null
        : (await services.Judge.Profiles.LoadAsync(reference, services.WorkingFolder, cancellationToken)).Profile;

    private sealed record ReplayRequest(
        string Evidence, string? Profile, string[] Waivers, bool Reparse, string? Output, ExitPlan Exit, ReportView View);
}
