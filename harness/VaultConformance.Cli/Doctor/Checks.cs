using VaultConformance.OfflineKit.Engine;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Building;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Doctor;

/// <summary>All checks of this machine.</summary>
internal static class Checks
{
    /// <summary>All checks, in the order of the table.</summary>
    /// <param name="services">What they look with.</param>
    /// <param name="client">For the registry; not owned.</param>
    public static IReadOnlyList<ICheck> All(CliServices services, HttpClient client)
    {
        var paths = KitPaths.FromEnvironment(services.Variables.GetValueOrDefault);
        var engine = new DockerEngine(paths, services.TimeProvider);
        var info = new EngineInfo(engine);
        return
        [
            new DotnetCheck(Environment.Version),
            new EngineCheck(engine),
            new PrivilegedCheck(info),
            new HelmCheck(HelmProgram.OnPath(services.Variables, "helm")),
            new CgroupCheck(info),
            new SwapCheck(SwapCheck.LinuxPath),
            new DiskCheck(paths.Root, DiskCheck.FirstRun),
            new RegistryCheck(new RegistryReachability(client, services.TimeProvider)),
            new OfflineKitCheck(engine, paths),
        ];
    }
}
