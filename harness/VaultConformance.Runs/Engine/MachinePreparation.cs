using VaultConformance.Harness;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.Harness.Helm;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Building;
using VaultConformance.Harness.Progress;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>Makes sure that everything a plan needs is on this machine: engine, node image, server image, chart, Helm.</summary>
/// <param name="repository">Where the fixtures are.</param>
/// <param name="variables">The environment.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class MachinePreparation(RepositoryFolder repository, IReadOnlyDictionary<string, string> variables, TimeProvider timeProvider)
{
    private const string Phase = "machine";

    /// <summary>Prepares the machine.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <exception cref="HarnessException">Something is missing and may not, or cannot, be set up.</exception>
    public async Task<PreparedMachine> PrepareAsync(RunPlan plan, IRunProgress progress, CancellationToken cancellationToken)
    {
        if (plan.Cluster is not ClusterPlan.Managed managed)
        {
            var helm = plan.Helm ?? (await KitAsync(plan, progress, false, false, cancellationToken)).HelmPath;
            return new PreparedMachine(helm, plan.Release.Chart?.Text ?? PinnedInputs.Chart, null, plan.Release.VaultImage, UsesFixtureChart(plan), Notices(plan.Release.VaultImage, UsesFixtureChart(plan)));
        }

        var engine = new DockerEngine(KitPaths.FromEnvironment(variables.GetValueOrDefault), timeProvider);
        await engine.EnsureAsync(plan.SetupAllowed ? SetupPolicy.Allow : SetupPolicy.Forbid, progress, plan.Timeout, cancellationToken);
        var offline = managed.Offline || await NoRegistryAsync(plan, managed, progress, cancellationToken);
        return offline ? await OfflineAsync(plan, managed, progress, cancellationToken) : await OnlineAsync(plan, managed, progress, cancellationToken);
    }

    private async Task<PreparedMachine> OnlineAsync(RunPlan plan, ClusterPlan.Managed managed, IRunProgress progress, CancellationToken cancellationToken)
    {
        var helm = plan.Helm ?? (await KitAsync(plan, progress, false, false, cancellationToken)).HelmPath;
        var node = new PreparedNode(managed.K3sImage ?? PinnedInputs.NodeImage, "k3s", managed.ImageArchives, Reaper: true);
        return new PreparedMachine(
            helm, plan.Release.Chart?.Text ?? PinnedInputs.Chart, node, plan.Release.VaultImage, UsesFixtureChart(plan), Notices(plan.Release.VaultImage, UsesFixtureChart(plan)));
    }

    private async Task<PreparedMachine> OfflineAsync(RunPlan plan, ClusterPlan.Managed managed, IRunProgress progress, CancellationToken cancellationToken)
    {
        var standInServer = plan.Release.VaultImage is null;
        var kit = await KitAsync(plan, progress, managed.K3sImage is null, standInServer, cancellationToken);
        var standInChart = plan.Release.Chart is null || UsesFixtureChart(plan);
        List<string> archives = [.. managed.ImageArchives];
        if (standInServer)
        {
            archives.Add(kit.VaultImageArchive);
        }

        var node = new PreparedNode(managed.K3sImage ?? kit.NodeImage, managed.K3sImage is null ? PreparedNode.OfflineKind : "k3s", archives, Reaper: false);
        return new PreparedMachine(
            plan.Helm ?? kit.HelmPath,
            plan.Release.Chart?.Text ?? repository.FixtureChart,
            node,
            plan.Release.VaultImage ?? kit.VaultImage,
            standInServer || standInChart,
            Notices(standInServer ? kit.VaultImage : plan.Release.VaultImage, standInChart, standInServer));
    }

    private bool UsesFixtureChart(RunPlan plan) =>
        plan.Release.Chart is { Kind: ChartSource.Directory } chart && repository.IsThere
        && Path.TrimEndingDirectorySeparator(chart.Name) == Path.TrimEndingDirectorySeparator(repository.FixtureChart);

    private async Task<OfflineKitArtifacts> KitAsync(RunPlan plan, IRunProgress progress, bool node, bool vault, CancellationToken cancellationToken)
    {
        var request = new OfflineKitRequest(node || vault ? repository.KitSources : string.Empty) { WithNodeImage = node, WithVaultImage = vault };
        return await progress.PhaseAsync(
            "kit",
            "making sure that node image, server image and Helm are there",
            timeProvider,
            () => new KitBuilder(KitPaths.FromEnvironment(variables.GetValueOrDefault), timeProvider).BuildAsync(request, progress, cancellationToken));
    }

    private async Task<bool> NoRegistryAsync(RunPlan plan, ClusterPlan.Managed managed, IRunProgress progress, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var answers = await new RegistryReachability(client, timeProvider).AskAsync(RegistryReachability.DefaultRegistries, cancellationToken);
        if (answers.Any(answer => answer.Answers))
        {
            return false;
        }

        var given = managed.K3sImage is not null && plan.Release.VaultImage is not null && plan.Release.Chart is not null;
        progress.Notice(
            Phase,
            given
                ? "No container registry answers; node image, server image and chart were given, so none is needed."
                : $"No container registry answers ({string.Join("; ", answers.Select(answer => answer.Detail))}): what was not given is built on this machine (offline).");
        return true;
    }

    private static IReadOnlyList<string> Notices(string? image, bool chart, bool server = false)
    {
        List<string> what = [];
        if (server)
        {
            what.Add($"the stand-in server '{image}' instead of HashiCorp Vault");
        }

        if (chart)
        {
            what.Add("the fixture chart instead of HashiCorp's chart");
        }

        return what.Count == 0 ? [] : [$"STAND-IN: this run tested {string.Join(" and ", what)}. Its result says nothing about a Vault release and cannot certify one."];
    }
}
