using VaultConformance.Harness.Tests;
using VaultConformance.Harness.Waiting;
using VaultConformance.OfflineKit.Building;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Building;

/// <summary>Surroundings of a kit's step for tests.</summary>
internal static class Kit
{
    public static KitEnvironment In(TemporaryFolder folder, IHostCommands commands, Func<string, string?>? variables = null, RecordedProgress? progress = null)
    {
        var paths = new KitPaths(Path.Combine(folder.Path, "cache"));
        return new KitEnvironment(paths, new BuildCache(paths.Cache, new Wait(TimeProvider.System)), commands, variables ?? (_ => null), progress ?? new RecordedProgress());
    }
}
