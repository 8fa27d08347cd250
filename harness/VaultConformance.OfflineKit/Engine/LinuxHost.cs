namespace VaultConformance.OfflineKit.Engine;

/// <summary>What decides whether and how the engine can be set up here.</summary>
/// <param name="Distribution">Words of <c>ID</c> and <c>ID_LIKE</c> in <c>/etc/os-release</c>; empty when this is not Linux.</param>
/// <param name="IsRoot">True for user 0.</param>
/// <param name="HasSystemd">True when systemd runs the machine's services.</param>
internal sealed record LinuxHost(IReadOnlyList<string> Distribution, bool IsRoot, bool HasSystemd)
{
    public bool HasApt => Distribution.Contains("debian") || Distribution.Contains("ubuntu");

    public static LinuxHost ReadCurrent() => OperatingSystem.IsLinux() && File.Exists("/etc/os-release")
        ? new LinuxHost(
            ParseDistribution(File.ReadAllText("/etc/os-release")), Environment.UserName == "root", Directory.Exists("/run/systemd/system"))
        : new LinuxHost([], IsRoot: false, HasSystemd: false);

    internal static IReadOnlyList<string> ParseDistribution(string osRelease) =>
    [
        .. from line in osRelease.Split('\n')
           let parts = line.Split('=', 2)
           where parts is ["ID" or "ID_LIKE", _]
           from word in parts[1].Trim().Trim('"').Split(' ', StringSplitOptions.RemoveEmptyEntries)
           select word,
    ];
}
