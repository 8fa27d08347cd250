using VaultConformance.Harness.Clusters;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Building;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Doctor;

/// <summary>All checks of this machine.</summary>
internal static class Checks
{
    /// <summary>All checks, in the order of the table.</summary>
    /// <param name="services">What they look with.</param>
    /// <param name="client">For the registry; not owned.</param>
    public static IReadOnlyList<ICheck> CreateAll(CliServices services, HttpClient client)
    {
        var paths = KitPaths.FromEnvironment(services.Variables.GetValueOrDefault);
        var engine = new DockerEngine(paths, services.TimeProvider);
        var info = new EngineInfo(engine);
        return
        [
            new DotnetCheck(Environment.Version),
            new EngineCheck(engine),
            new PrivilegedCheck(info),
            new HelmCheck(HelmProgram.FindOnPath(services.Variables, "helm")),
            new CgroupCheck(info),
            new SwapCheck(SwapCheck.LinuxPath),
            new DiskCheck(paths.Root, DiskCheck.FirstRun),
            new RegistryCheck(new RegistryReachability(client, services.TimeProvider)),
            new OfflineKitCheck(engine, paths),
        ];
    }

    /// <summary>What a run on an existing cluster needs.</summary>
    /// <param name="services">What they look with.</param>
    /// <param name="cluster">The cluster.</param>
    public static IReadOnlyList<ICheck> CreateFor(CliServices services, ExistingCluster cluster) =>
    [
        new DotnetCheck(Environment.Version),
        new HelmCheck(HelmProgram.FindOnPath(services.Variables, "helm")),
        new ClusterVersionCheck(cluster),
        new ClusterRightsCheck(cluster.Client),
        new StorageClassCheck(cluster.Client),
        new PodSecurityCheck(cluster.Client),
    ];
}

/// <summary>The .NET runtime that runs this program.</summary>
/// <param name="version">Its version.</param>
internal sealed class DotnetCheck(Version version) : ICheck
{
    private const int Needed = 10;

    /// <inheritdoc />
    public string Name => ".NET";

    /// <inheritdoc />
    public Task<CheckResult> RunAsync(CancellationToken cancellationToken) => Task.FromResult(version.Major >= Needed
        ? CheckResult.Fine(version.ToString())
        : CheckResult.Missing(version.ToString(), $"Install the .NET {Needed} SDK from https://dotnet.microsoft.com/download."));
}

/// <summary>The version of control groups, which decides how memory controls are judged.</summary>
/// <param name="info">The engine.</param>
internal sealed class CgroupCheck(EngineInfo info) : ICheck
{
    /// <inheritdoc />
    public string Name => "cgroup";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken) =>
        (await info.AskAsync(cancellationToken))?.CgroupVersion switch
        {
            "2" => CheckResult.Fine("version 2"),
            "1" => CheckResult.Notable(
                "version 1", "MEM-1 is judged by memory limits here. Kubernetes ends support for version 1; boot the host with "
                    + "systemd.unified_cgroup_hierarchy=1."),
            null or "" => CheckResult.Notable("unknown without an engine", "See the Docker engine."),
            var other => CheckResult.Notable($"version {other}", "This version is not known; MEM-1 may be inconclusive."),
        };
}

/// <summary>Swap of this machine, which a node in a container shares.</summary>
/// <param name="path">The kernel's list of swap areas.</param>
internal sealed class SwapCheck(string path) : ICheck
{
    /// <summary>Where Linux lists swap areas.</summary>
    public const string LinuxPath = "/proc/swaps";

    /// <inheritdoc />
    public string Name => "swap";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return CheckResult.Fine("not told by this system");
        }

        var areas = (await File.ReadAllLinesAsync(path, cancellationToken)).Skip(1).Count(line => line.Length > 0);
        return areas == 0
            ? CheckResult.Fine("off")
            : CheckResult.Notable(
                $"on ({areas} area{(areas == 1 ? "" : "s")})",
                "MEM-1 then depends on cgroup limits. Turn swap off with 'swapoff -a' to test what a hardened node does.");
    }
}

/// <summary>Whether the container registries of the default images answer.</summary>
/// <param name="reachability">Asks them.</param>
internal sealed class RegistryCheck(RegistryReachability reachability) : ICheck
{
    /// <inheritdoc />
    public string Name => "registry";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var answers = await reachability.AskAsync(RegistryReachability.DefaultRegistries, cancellationToken);
        var found = string.Join("; ", answers.Select(answer => $"{answer.Registry}: {answer.Detail}"));
        return answers.All(answer => answer.Answers)
            ? CheckResult.Fine(found)
            : CheckResult.Notable(found, "A run then goes offline and tests a stand-in. To test Vault, give --k3s-image, --vault-image "
                + "and --image-archive, or --kubeconfig.");
    }
}

/// <summary>Whether the engine can run the privileged container that a node is.</summary>
/// <param name="info">The engine.</param>
internal sealed class PrivilegedCheck(EngineInfo info) : ICheck
{
    /// <inheritdoc />
    public string Name => "privileged";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        if (await info.AskAsync(cancellationToken) is not { } answer)
        {
            return CheckResult.Notable("unknown without an engine", "See the Docker engine.");
        }

        var options = answer.SecurityOptions ?? [];
        return options.Any(option => option.Contains("name=rootless", StringComparison.Ordinal))
            ? CheckResult.Missing(
                "the engine is rootless",
                "A K3s node needs a privileged container: use an engine that runs as root, or an existing cluster with --kubeconfig.")
            : CheckResult.Fine($"the engine runs as root{(options.Count == 0 ? "" : $" ({string.Join("; ", options)})")}");
    }
}
