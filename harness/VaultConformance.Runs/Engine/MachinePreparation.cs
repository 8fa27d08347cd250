using System.Text.RegularExpressions;
using VaultConformance.Harness;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Progress;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Building;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>Makes sure that everything a plan needs is on this machine: engine, node image, server image, chart, Helm.</summary>
/// <param name="repository">Where the fixtures are.</param>
/// <param name="variables">The environment.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class MachinePreparation(
    RepositoryFolder repository, IReadOnlyDictionary<string, string> variables, TimeProvider timeProvider)
{
    private const string Phase = "machine";

    /// <summary>
    /// Called with Helm and the chart before anything is built that takes long: refuses what the user has to correct.
    /// </summary>
    public Func<string, string, CancellationToken, Task> Preflight { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Prepares the machine.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <exception cref="HarnessException">Something is missing and may not, or cannot, be set up.</exception>
    public async Task<PreparedMachine> PrepareAsync(RunPlan plan, IRunProgress progress, CancellationToken cancellationToken)
    {
        if (plan.Cluster is not ClusterPlan.Managed managed)
        {
            var helm = plan.Helm ?? (await PrepareKitAsync(plan, progress, false, false, cancellationToken)).HelmPath;
            return new PreparedMachine(
                helm, plan.Release.Chart?.Text ?? PinnedInputs.Chart, null, plan.Release.VaultImage, UsesFixtureChart(plan), ListNotices(
                    plan.Release.VaultImage, UsesFixtureChart(plan)));
        }

        var engine = new DockerEngine(KitPaths.FromEnvironment(variables.GetValueOrDefault), timeProvider);
        await engine.EnsureAsync(plan.SetupAllowed ? SetupPolicy.Allow : SetupPolicy.Forbid, progress, plan.Timeout, cancellationToken);
        var offline = managed.Offline || await HasNoRegistryAsync(plan, managed, progress, cancellationToken);
        return offline
            ? await PrepareOfflineAsync(plan, managed, progress, cancellationToken)
            : await PrepareOnlineAsync(plan, managed, progress, cancellationToken);
    }

    private async Task<PreparedMachine> PrepareOnlineAsync(
        RunPlan plan, ClusterPlan.Managed managed, IRunProgress progress, CancellationToken cancellationToken)
    {
        var helm = plan.Helm ?? (await PrepareKitAsync(plan, progress, false, false, cancellationToken)).HelmPath;
        var node = new PreparedNode(managed.K3sImage ?? PinnedInputs.NodeImage, "k3s", managed.ImageArchives, Reaper: true);
        return new PreparedMachine(
            helm, plan.Release.Chart?.Text ?? PinnedInputs.Chart, node, plan.Release.VaultImage, UsesFixtureChart(plan), ListNotices(
                plan.Release.VaultImage, UsesFixtureChart(plan)));
    }

    private async Task<PreparedMachine> PrepareOfflineAsync(
        RunPlan plan, ClusterPlan.Managed managed, IRunProgress progress, CancellationToken cancellationToken)
    {
        OfflineInputs.RequireWithinReach(plan, managed);
        var helm = plan.Helm ?? (await PrepareKitAsync(plan, progress, false, false, cancellationToken)).HelmPath;
        await Preflight(helm, plan.Release.Chart?.Text ?? repository.FixtureChart, cancellationToken);
        var standInServer = plan.Release.VaultImage is null;
        var kit = await PrepareKitAsync(plan, progress, managed.K3sImage is null, standInServer, cancellationToken);
        var standInChart = plan.Release.Chart is null || UsesFixtureChart(plan);
        List<string> archives = [.. managed.ImageArchives];
        if (standInServer)
        {
            archives.Add(kit.VaultImageArchive);
        }

        var node = new PreparedNode(
            managed.K3sImage ?? kit.NodeImage, managed.K3sImage is null ? PreparedNode.OfflineKind : "k3s", archives, Reaper: false);
        return new PreparedMachine(
            helm,
            plan.Release.Chart?.Text ?? repository.FixtureChart,
            node,
            plan.Release.VaultImage ?? kit.VaultImage,
            standInServer || standInChart,
            ListNotices(standInServer ? kit.VaultImage : plan.Release.VaultImage, standInChart, standInServer));
    }

    private bool UsesFixtureChart(RunPlan plan) =>
        plan.Release.Chart is { Kind: ChartSource.Directory } chart && repository.IsThere
        && Path.TrimEndingDirectorySeparator(chart.Name) == Path.TrimEndingDirectorySeparator(repository.FixtureChart);

    private async Task<OfflineKitArtifacts> PrepareKitAsync(
        RunPlan plan, IRunProgress progress, bool node, bool vault, CancellationToken cancellationToken)
    {
        var request =
            new OfflineKitRequest(node || vault ? repository.KitSources : string.Empty) { WithNodeImage = node, WithVaultImage = vault };
        return await progress.RunPhaseAsync(
            "kit",
            node || vault ? "preparing the offline kit (node image, server image, Helm)" : "preparing Helm",
            timeProvider,
            () => new KitBuilder(KitPaths.FromEnvironment(variables.GetValueOrDefault), timeProvider)
                .BuildAsync(request, progress, cancellationToken));
    }

    private async Task<bool> HasNoRegistryAsync(
        RunPlan plan, ClusterPlan.Managed managed, IRunProgress progress, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var answers =
            await new RegistryReachability(client, timeProvider).AskAsync(RegistryReachability.DefaultRegistries, cancellationToken);
        if (answers.Any(answer => answer.Answers))
        {
            return false;
        }

        var given = managed.K3sImage is not null && plan.Release.VaultImage is not null && plan.Release.Chart is not null;
        progress.ReportNotice(
            Phase,
            given
                ? "No container registry answers; node image, server image and chart were given, so none is needed."
                : $"No container registry answers ({string.Join("; ", answers.Select(answer => answer.Detail))}): everything you did not "
                    + "specify is built locally (offline mode).");
        return true;
    }

    private static IReadOnlyList<string> ListNotices(string? image, bool chart, bool server = false)
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

        return what.Count == 0 ? [] : [
            $"STAND-IN: this run tested {string.Join(" and ", what)}. Its result says nothing about a Vault release and cannot certify one."
        ];
    }
}

/// <summary>What is used when the user names nothing and a registry answers.</summary>
internal static class PinnedInputs
{
    /// <summary>Node image, by tag and digest.</summary>
    public const string NodeImage = "rancher/k3s:v1.34.1-k3s1@sha256:5e0707cfd1239b358ef73f3254bc3eadc027dd30cd5ec6ca41e29e47652a1b8c";

    /// <summary>The official chart.</summary>
    public static readonly string Chart = ServerProduct.Default.DefaultChart;

    /// <summary>Version of the official chart.</summary>
    public const string ChartVersion = "0.34.1";
}

/// <summary>What a run works with after the machine was prepared.</summary>
/// <param name="Helm">Helm program.</param>
/// <param name="Chart">The chart, as for <c>--chart</c>.</param>
/// <param name="Node">How the node is started; null on an existing cluster.</param>
/// <param name="VaultImage">Server image that replaces the values' one; null to leave it.</param>
/// <param name="StandIn">True when the server image or the chart is a stand-in.</param>
/// <param name="Notices">Sentences that come first in every report.</param>
internal sealed record PreparedMachine(
    string Helm, string Chart, PreparedNode? Node, string? VaultImage, bool StandIn, IReadOnlyList<string> Notices);

/// <summary>How the node is started.</summary>
/// <param name="Image">Node image.</param>
/// <param name="Kind">Kind as in the cluster facts.</param>
/// <param name="ImageArchives">Archives that it imports.</param>
/// <param name="Reaper">True when Testcontainers' reaper can be had.</param>
internal sealed partial record PreparedNode(string Image, string Kind, IReadOnlyList<string> ImageArchives, bool Reaper)
{
    /// <summary>Kind of the node that is built on this machine.</summary>
    public const string OfflineKind = "offline-node";

    /// <summary>
    /// Kubernetes of the node as far as it is known before it starts: by how it was built, or by the tag of the image; null when neither
    /// tells.
    /// </summary>
    public string? KubernetesVersion => Kind == OfflineKind
        ? KitBuilder.KubernetesVersion
        : VersionTag.Match(Image) is { Success: true } match ? match.Groups["version"].Value : null;

    [GeneratedRegex(@":v(?<version>\d+\.\d+\.\d+)[-+]k3s", RegexOptions.CultureInvariant)]
    private static partial Regex VersionTag { get; }
}
