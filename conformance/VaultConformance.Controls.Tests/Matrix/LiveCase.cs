using VaultConformance.Controls.Suite;
using VaultConformance.Harness;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Vault.Setup;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>Installs one values file on a live cluster and judges it.</summary>
/// <param name="lab">What cases share.</param>
/// <param name="profile">Profile to judge by.</param>
internal sealed class LiveCase(MatrixLab lab, Profile profile)
{
    /// <summary>Limit of the node where a file names none: the one that CORE-2 accepts.</summary>
    internal const string DefaultUlimit = "core=0:0";

    /// <summary>Installs, judges, removes.</summary>
    /// <param name="file">Values file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="disruptive">Whether disruptive observations are taken.</param>
    /// <param name="cancellationToken">Ends the case.</param>
    /// <returns>Outcomes by control, and why the release did not start, if so.</returns>
    internal async Task<LiveOutcome> RunAsync(string file, FixtureHeader header, bool disruptive, CancellationToken cancellationToken)
    {
        var cluster = await lab.ClusterAsync(header.NodeUlimit ?? DefaultUlimit, cancellationToken);
        await using var node = await NodeSetting.ApplyAsync(cluster, header.Node, cancellationToken);
        await using var deployment = new VaultDeployment(
            cluster, lab.Helm, Options(file, header, disruptive), new HarnessServices(lab.Progress, TimeProvider.System, VaultApiFactories.Default));
        string? problem = null;
        try
        {
            await deployment.StartAsync(cancellationToken);
        }
        catch (HarnessException exception)
        {
            problem = exception.Message;
        }

        var target = deployment.OpenTarget(problem) ?? throw new AssertionException($"'{Path.GetFileName(file)}' was not installed: {problem}");
        var suite = await ConformanceSuite.RunAsync(target, profile, new SuiteOptions(), progress: null, cancellationToken);
        return new LiveOutcome(suite.Results.ToDictionary(result => result.Control.Id.ToString()), problem);
    }

    /// <summary>Header of a values file.</summary>
    internal static FixtureHeader HeaderOf(string file) => FixtureHeader.Parse(File.ReadAllText(file), Path.GetFileName(file));

    /// <summary>A deployment of a values file, not started yet, and its options.</summary>
    /// <param name="file">Values file.</param>
    /// <param name="cancellationToken">Ends bringing up the cluster.</param>
    internal async Task<(VaultDeployment Deployment, DeploymentOptions Options)> PrepareAsync(string file, CancellationToken cancellationToken)
    {
        var options = Options(file, HeaderOf(file), disruptive: false);
        var cluster = await lab.ClusterAsync(DefaultUlimit, cancellationToken);
        return (new VaultDeployment(cluster, lab.Helm, options, new HarnessServices(lab.Progress, TimeProvider.System, VaultApiFactories.Default)), options);
    }

    // A file that deviates from another one is configured as that one is, unless it says something else.
    private static IReadOnlyList<SetupStep> ReadSetups(string file, FixtureHeader header)
    {
        var (folder, setups) = (Path.GetDirectoryName(file)!, header.Setups);
        if (setups is null && header.Base is { } name)
        {
            var basis = Repository.File("fixtures", "values", "compliant", name + ".yaml");
            (folder, setups) = (Path.GetDirectoryName(basis)!, HeaderOf(basis).Setups);
        }

        var problems = new PlanProblems();
        var steps = (setups ?? []).Select(setup => new SetupReader(problems).Read(setup, Path.GetFullPath(setup, folder))).ToList();
        problems.ThrowIfAny();
        return [.. steps.OfType<SetupStep>()];
    }

    private DeploymentOptions Options(string file, FixtureHeader header, bool disruptive)
    {
        var name = lab.NextNamespace();
        var folder = Path.Combine(lab.Folder, name);
        Directory.CreateDirectory(folder);
        return new DeploymentOptions
        {
            RunId = lab.RunId,
            Namespace = name,
            Chart = lab.Chart,
            ValuesFiles = [file],
            VaultImage = lab.Image(header.Image),
            Patches = [.. header.Patches.Select(patch => Path.GetFullPath(patch, Path.GetDirectoryName(file)!))],
            CertificateRecipe = header.Certificates is { } recipe ? Repository.File("fixtures", "certificates", recipe) : null,
            Setup = ReadSetups(file, header),
            StandIn = true,
            DisruptionForbidden = disruptive ? null : "this case needs no disruption",
            StepLimit = header.Starts ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(45),
            WorkFolder = folder,
            EvidenceFolder = Path.Combine(folder, "evidence"),
        };
    }
}

/// <summary>The outcome of a case.</summary>
/// <param name="Results">Results by control.</param>
/// <param name="Problem">Why the release did not start; null when it did.</param>
internal sealed record LiveOutcome(IReadOnlyDictionary<string, ControlResult> Results, string? Problem)
{
    /// <summary>What did not pass, and why.</summary>
    internal string Explain() => string.Join(
        Environment.NewLine,
        Results.Values
            .Where(result => result.Outcome is not (Outcome.Passed or Outcome.NotApplicable))
            .Select(result => $"{result.Control.Id} {result.Outcome}: {result.Reason}")
            .Prepend(Problem ?? "the release came up"));
}
