using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Runs one of the kit's scripts with a log of its own.</summary>
/// <param name="kit">Surroundings.</param>
/// <param name="packages">Installs what scripts need.</param>
internal sealed class KitScript(KitEnvironment kit, BuildPackages packages)
{
    /// <summary>Runs a script that fills a folder of the cache.</summary>
    /// <param name="step">Name of the step, for messages and for the log.</param>
    /// <param name="needs">Debian packages that it needs.</param>
    /// <param name="command">The script and its arguments.</param>
    /// <param name="temporary">Where its temporary files go; in the cache, because they may be large.</param>
    /// <param name="cancellationToken">Ends the script and everything it started.</param>
    /// <exception cref="KitStepException">It failed.</exception>
    public async Task RunAsync(
        string step, IReadOnlyList<string> needs, HostCommand command, string temporary, CancellationToken cancellationToken)
    {
        var log = kit.LogOf(step);
        File.Delete(log);
        await packages.EnsureAsync(step, needs, cancellationToken);
        Directory.CreateDirectory(temporary);
        kit.Note(step, $"building, log {log}");
        var environment = new Dictionary<string, string?>(command.Environment) { ["TMPDIR"] = temporary };
        var result = await kit.Commands.RunAsync(command with { Environment = environment, LogFile = log }, cancellationToken);
        if (!result.Succeeded)
        {
            throw KitStepException.ScriptFailed(step, command.Program, result.ExitCode, LastLines.ReadFile(log), log);
        }
    }
}
