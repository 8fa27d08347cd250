using VaultConformance.Harness;
using VaultConformance.Harness.Progress;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>Installs the distribution's Docker engine with apt.</summary>
/// <param name="commands">Runs programs.</param>
/// <param name="folder">Where apt's private configuration and the installation's log go.</param>
/// <param name="bounds">What the engine will be allowed to give to containers.</param>
/// <param name="environment">Looks up an environment variable.</param>
internal sealed class EnginePackage(IHostCommands commands, string folder, CapabilityBounds bounds, Func<string, string?> environment)
{
    /// <summary>First major version that gives a privileged container only what the engine has itself.</summary>
    public const int FirstModestVersion = 26;

    /// <summary>Debian release that carries it.</summary>
    public const string NewerRelease = "trixie";

    public const string Name = "docker.io";

    private readonly string _log = Path.Combine(folder, "install.log");

    public async Task InstallAsync(IRunProgress progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        File.Delete(_log);
        await RunAsync(new HostCommand("apt-get", "update"), cancellationToken);
        var policy = await RunAsync(new HostCommand("apt-cache", "policy", Name), cancellationToken);
        var configuration = NeedsNewerRelease(policy.Output) ? await NewerReleaseAsync(progress, cancellationToken) : null;
        progress.Notice(DockerEngine.Phase, $"Installing the package '{Name}' (log: {_log})");
        await RunAsync(
            WithConfiguration(configuration, "apt-get", "install", "--yes", "--no-install-recommends", "--no-remove", "-o", "DPkg::Lock::Timeout=300", Name),
            cancellationToken);
    }

    internal bool NeedsNewerRelease(string aptPolicy) =>
        bounds.Withheld.Count > 0 && EngineVersion.MajorOfCandidate(aptPolicy) < FirstModestVersion;

    private async Task<string> NewerReleaseAsync(IRunProgress progress, CancellationToken cancellationToken)
    {
        progress.Notice(
            DockerEngine.Phase,
            $"This machine withholds capabilities ({string.Join(", ", bounds.Withheld)}) from everything that runs on it; only engines from {FirstModestVersion} on can "
            + $"run privileged containers so. The one package '{Name}' is taken from Debian's release '{NewerRelease}'");
        var archive = await DebianArchive.OfThisMachineAsync(commands, environment, cancellationToken);
        var configuration = SecondSource.Write(Path.Combine(folder, "apt"), archive, NewerRelease, Name, MainSourcesList());
        await RunAsync(WithConfiguration(configuration, "apt-get", "update"), cancellationToken);
        return configuration;
    }

    private async Task<HostCommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken)
    {
        var result = await commands.RunAsync(command with { LogFile = _log }, cancellationToken);
        return result.Succeeded ? result : throw new HarnessException(
            FailureKind.Environment,
            $"Setting up the Docker engine failed: '{command}' ended with exit code {result.ExitCode}. Its last lines:{Environment.NewLine}"
            + $"{LastLines.Of(result.Output + result.Error)}{Environment.NewLine}Put apt in order, or install and start a Docker engine yourself. Log: {_log}");
    }

    private static HostCommand WithConfiguration(string? aptConfiguration, string program, params IReadOnlyList<string> arguments) =>
        new(program, arguments)
        {
            Environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive", ["APT_CONFIG"] = aptConfiguration },
        };

    private static string MainSourcesList() => File.Exists("/etc/apt/sources.list") ? File.ReadAllText("/etc/apt/sources.list") : "";
}
