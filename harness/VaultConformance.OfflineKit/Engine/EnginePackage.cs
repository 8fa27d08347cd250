using System.Globalization;
using System.Text.RegularExpressions;
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
        var configuration = NeedsNewerRelease(policy.Output) ? await AddNewerReleaseAsync(progress, cancellationToken) : null;
        progress.ReportNotice(DockerEngine.Phase, $"Installing the package '{Name}' (log: {_log})");
        await RunAsync(
            WithConfiguration(
                configuration,
                "apt-get",
                "install",
                "--yes",
                "--no-install-recommends",
                "--no-remove",
                "-o",
                "DPkg::Lock::Timeout=300",
                Name),
            cancellationToken);
    }

    internal bool NeedsNewerRelease(string aptPolicy) =>
        bounds.Withheld.Count > 0 && EngineVersion.ParseMajorOfCandidate(aptPolicy) < FirstModestVersion;

    private async Task<string> AddNewerReleaseAsync(IRunProgress progress, CancellationToken cancellationToken)
    {
        progress.ReportNotice(
            DockerEngine.Phase,
            $"This machine withholds capabilities ({string.Join(", ", bounds.Withheld)}) from everything that runs on it; only engines "
                + $"from {FirstModestVersion} on can "
            + $"run privileged containers so. The one package '{Name}' is taken from Debian's release '{NewerRelease}'");
        var archive = await DebianArchive.FromThisMachineAsync(commands, environment, cancellationToken);
        var configuration = SecondSource.Write(Path.Combine(folder, "apt"), archive, NewerRelease, Name, GetMainSourcesList());
        await RunAsync(WithConfiguration(configuration, "apt-get", "update"), cancellationToken);
        return configuration;
    }

    private async Task<HostCommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken)
    {
        var result = await commands.RunAsync(command with { LogFile = _log }, cancellationToken);
        return result.Succeeded ? result : throw new HarnessException(
            FailureKind.Environment,
            $"Setting up the Docker engine failed: '{command}' ended with exit code {result.ExitCode}. Its last lines:{Environment.NewLine}"
            + $"{LastLines.Take(result.Output + result.Error)}{Environment.NewLine}Put apt in order, or install and start a Docker engine "
            + $"yourself. Log: {_log}");
    }

    private static HostCommand WithConfiguration(string? aptConfiguration, string program, params IReadOnlyList<string> arguments) =>
        new(program, arguments)
        {
            Environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive", ["APT_CONFIG"] = aptConfiguration },
        };

    private static string GetMainSourcesList() => File.Exists("/etc/apt/sources.list") ? File.ReadAllText("/etc/apt/sources.list") : "";
}

/// <summary>Major versions of the engine as different programs print them.</summary>
internal static partial class EngineVersion
{
    /// <summary>From <c>apt-cache policy docker.io</c>; zero when there is no candidate.</summary>
    public static int ParseMajorOfCandidate(string aptPolicy) => ParseMajor(Candidate.Match(aptPolicy));

    /// <summary>From <c>dockerd --version</c>; zero when it says something else.</summary>
    public static int ParseMajorOfProgram(string printed) => ParseMajor(Program.Match(printed));

    private static int ParseMajor(Match match) =>
        match.Success ? int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^\s*Candidate:\s*(\d+:)?(?<major>\d+)\.", RegexOptions.Multiline)]
    private static partial Regex Candidate { get; }

    [GeneratedRegex(@"version (?<major>\d+)\.")]
    private static partial Regex Program { get; }
}

/// <summary>
/// An apt configuration for one command: the machine's own sources and, for one package only, a newer release. Nothing below
/// <c>/etc/apt</c> changes, and no other package can come from the newer release.
/// </summary>
internal static class SecondSource
{
    /// <summary>Writes the configuration and returns the file for <c>APT_CONFIG</c>.</summary>
    public static string Write(string folder, DebianArchive archive, string release, string package, string machineSourcesList)
    {
        Directory.CreateDirectory(Path.Combine(folder, "lists", "partial"));
        var sources = Path.Combine(folder, "sources.list");
        var preferences = Path.Combine(folder, "preferences");
        var configuration = Path.Combine(folder, "apt.conf");
        File.WriteAllText(sources, $"{machineSourcesList.TrimEnd()}\ndeb [signed-by={archive.Keyring}] {archive.Uri} {release} main\n");
        File.WriteAllText(preferences, WritePreferences(release, package));
        File.WriteAllText(configuration, $"""
            Dir::Etc::SourceList "{sources}";
            Dir::Etc::Preferences "{preferences}";
            Dir::State::Lists "{Path.Combine(folder, "lists")}";
            APT::Sandbox::User "root";

            """);
        return configuration;
    }

    internal static string WritePreferences(string release, string package) => $"""
        Package: *
        Pin: release n={release}
        Pin-Priority: -10

        Package: {package}
        Pin: release n={release}
        Pin-Priority: 990

        """;
}
