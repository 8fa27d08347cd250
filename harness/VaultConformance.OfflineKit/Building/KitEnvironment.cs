using VaultConformance.Harness.Progress;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>What every step of the kit needs.</summary>
/// <param name="Paths">Where results and logs go.</param>
/// <param name="Cache">Finished results.</param>
/// <param name="Commands">Runs programs.</param>
/// <param name="Variables">Looks up an environment variable.</param>
/// <param name="Progress">Where to report.</param>
internal sealed record KitEnvironment(
    KitPaths Paths, BuildCache Cache, IHostCommands Commands, Func<string, string?> Variables, IRunProgress Progress)
{
    public const string Phase = "offline-kit";

    public string LogOf(string step)
    {
        Directory.CreateDirectory(Paths.Logs);
        return Path.Combine(Paths.Logs, step + ".log");
    }

    public void Note(string step, string text) => Progress.Note(Phase, $"{step}: {text}");
}
