using System.Collections;
using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Vault;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Hosting;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Controls.Suite;

/// <summary>A release that a test runner asked for: installed on a cluster before the controls, reported and removed after them.</summary>
internal sealed class InstalledSubject : IAsyncDisposable
{
    private readonly HostedRun _run;
    private readonly SuiteSession _session;

    private InstalledSubject(HostedRun run, string outputFolder)
    {
        _run = run;
        var request = run.Request;
        _session = new SuiteSession(request.Target, request.Profile, TimeProvider.System, request.Cancellation)
        {
            ControlTimeLimit = request.Options.ControlTimeLimit,
            Accept = request.Options.Accept,
            Progress = request.Progress,
            OutputFolder = outputFolder,
        };
    }

    /// <summary>
    /// Installs it as the environment and <c>vault-conformance.yaml</c> say, with the same settings as the command <c>run</c>.
    /// </summary>
    /// <exception cref="Harness.HarnessException">
    /// The settings are wrong, or nothing could be installed. Whatever was created is removed.
    /// </exception>
    public static async Task<InstalledSubject> InstallAsync()
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);
        var repository = RepositoryFolder.FindContaining(AppContext.BaseDirectory);
        var judge = new DeferredJudge(ControlCatalogue.BuiltIn.Controls, BuiltInProfiles.All);
        // A test runner starts the suite in the folder of its binary, which means nothing to a user.
        var folder = repository.IsThere ? repository.Root : Environment.CurrentDirectory;
        var context = new PlanContext(
            folder, variables, judge.Controls, judge.Profiles, repository, RunIds.CreateNext(TimeProvider.System))
            {
                Time = TimeProvider.System,
                OpenResults = RecordedResults.OpenRun,
            };
        var plan = await new RunPlanParser(context).ParseAsync(NoCommandLine.Instance, CancellationToken.None);
        var files = new RunFiles(plan, new SuiteJudge(), TimeProvider.System);
        var run = await HostedRun.StartAsync(
            plan,
            judge,
            new RunPipeline(repository, variables, TimeProvider.System, VaultApiFactories.Default, judge),
            new TestProgress(),
            outcome =>
                files.WriteAsync(outcome, file => TestContext.Progress.WriteLine($"{file.What,-12} {file.Path}"), CancellationToken.None));
        return new InstalledSubject(run, plan.OutputFolder);
    }

    /// <summary>Lets the fixtures below the set-up that is running find it.</summary>
    public void Attach() => Attachment<SuiteSession>.ToCurrentTest(_session);

    /// <summary>
    /// Writes report and bundle from the results so far, and removes everything. Controls that the runner did not choose are inconclusive.
    /// </summary>
    public async Task FinishAsync()
    {
        var profile = _session.Profile;
        var planned = SuitePlan.Create(ControlCatalogue.BuiltIn, profile, new SuiteOptions()).Planned;
        await _run.FinishAsync(new SuiteOutcome(
            [.. planned.Select(control => control.Id)],
            [.. planned.Select(control => _session.Results.GetValueOrDefault(control.Id) ?? Unchosen(control))],
            NUnitXml: null));

        ControlResult Unchosen(ControlDescriptor control) => new(
            control, profile.Controls[control.Id].Level, profile.Controls[control.Id].Reason, Outcome.Inconclusive, "the test runner did "
                + "not run it", [], TimeSpan.Zero);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private sealed class NoCommandLine : ISettingLayer
    {
        public static NoCommandLine Instance { get; } = new();

        public SettingValue? Find(Setting setting) => null;
    }

    private sealed class TestProgress : IRunProgress
    {
        public void Report(ProgressEvent progressEvent)
        {
            if (progressEvent.Kind != ProgressKind.Note)
            {
                TestContext.Progress.WriteLine($"{progressEvent.Phase,-12} {progressEvent.Message}");
            }
        }
    }
}
