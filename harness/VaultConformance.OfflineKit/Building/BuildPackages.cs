using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Installs the Debian packages that a build step needs and the machine lacks.</summary>
/// <param name="kit">Surroundings.</param>
/// <param name="host">Whether anything can be installed.</param>
internal sealed class BuildPackages(KitEnvironment kit, LinuxHost host) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async Task EnsureAsync(string step, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var missing = await ListMissingAsync(names, cancellationToken);
            if (missing.Count > 0)
            {
                await InstallAsync(step, missing, cancellationToken);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    internal static IReadOnlyList<string> ListMissing(IReadOnlyList<string> names, string dpkgQuery)
    {
        var installed = dpkgQuery.Split('\n')
            .Where(line => line.EndsWith(" installed", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0])
            .ToHashSet();
        return [.. names.Where(name => !installed.Contains(name))];
    }

    private async Task<IReadOnlyList<string>> ListMissingAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var query = await kit.Commands.RunAsync(
            new HostCommand("dpkg-query", ["--show", "--showformat", "${Package} ${db:Status-Status}\\n", .. names]), cancellationToken);
        return ListMissing(names, query.Output);
    }

    private async Task InstallAsync(string step, IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        var names = string.Join(' ', missing);
        if (!host.HasApt || !host.IsRoot)
        {
            throw KitStepException.Refused(
                step,
                $"the packages {names} are missing",
                $"Run 'sudo apt-get install --yes --no-install-recommends {names}', or run this command as root on Debian.");
        }

        kit.Note(step, $"installing the packages {names}");
        await RunAsync(step, new HostCommand("apt-get", "update"), cancellationToken);
        await RunAsync(step, new HostCommand(
            "apt-get", ["install", "--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", .. missing]), cancellationToken);
    }

    private async Task RunAsync(string step, HostCommand command, CancellationToken cancellationToken)
    {
        var log = kit.LogOf(step);
        var result = await kit.Commands.RunAsync(
            command with { LogFile = log, Environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" } },
            cancellationToken);
        if (!result.Succeeded)
        {
            throw KitStepException.ScriptFailed(
                step, command.ToString(), result.ExitCode, LastLines.Take(result.Output + result.Error), log);
        }
    }
}
