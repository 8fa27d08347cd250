using VaultConformance.Harness;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>The Docker engine that clusters of ours run on: found, or set up where that is possible and allowed.</summary>
internal sealed class DockerEngine
{
    internal const string Phase = "engine";

    /// <summary>Longest wait for an engine that is there and busy, where no run has a limit of its own.</summary>
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(15);

    private readonly EngineEndpoint _endpoint;
    private readonly EngineProbe _probe;
    private readonly LinuxHost _host;
    private readonly IHostCommands _commands;
    private readonly DockerDaemon _daemon;
    private readonly Func<CapabilityBounds> _bounds;
    private readonly Func<string, string?> _environment;
    private readonly string _folder;
    private readonly Wait _wait;

    /// <summary>The engine of this machine.</summary>
    /// <param name="paths">Where the log and the process id of an engine that we start are kept.</param>
    /// <param name="timeProvider">Clock.</param>
    /// <exception cref="HarnessException"><c>DOCKER_HOST</c> is no address.</exception>
    public DockerEngine(KitPaths paths, TimeProvider timeProvider)
        : this(paths, timeProvider, EngineEndpoint.FromEnvironment(
            Environment.GetEnvironmentVariable), LinuxHost.ReadCurrent(), new HostCommands(), [])
    {
    }

    internal DockerEngine(
        KitPaths paths,
        TimeProvider timeProvider,
        EngineEndpoint endpoint,
        LinuxHost host,
        IHostCommands commands,
        IReadOnlyList<string> daemonArguments)
    {
        _endpoint = endpoint;
        _host = host;
        _commands = commands;
        _folder = paths.Engine;
        _probe = new EngineProbe(timeProvider);
        _wait = new Wait(timeProvider);
        _daemon = new DockerDaemon(commands, paths.Engine, daemonArguments);
        _bounds = CapabilityBounds.FromThisProcess;
        _environment = Environment.GetEnvironmentVariable;
        FindDaemon = () => _endpoint.IsPlatformDefault ? RunningDaemon.Find() : null;
    }

    /// <summary>Finds the process of an engine at the endpoint that does not listen there yet.</summary>
    internal Func<int?> FindDaemon { get; init; }

    /// <summary>Asks once whether an engine answers.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    public Task<EngineStatus> ProbeAsync(CancellationToken cancellationToken) =>
        _probe.AskAsync(_endpoint, EngineProbe.Limit, cancellationToken);

    /// <inheritdoc cref="EnsureAsync(SetupPolicy, IRunProgress, TimeSpan, CancellationToken)" />
    public Task<EngineStatus.Reachable> EnsureAsync(SetupPolicy policy, IRunProgress progress, CancellationToken cancellationToken) =>
        EnsureAsync(policy, progress, DefaultLimit, cancellationToken);

    /// <summary>
    /// Returns the engine that answers; sets one up when there is none. One that is there and busy is waited for, and never started a
    /// second time. An engine that was started stays, like any service.
    /// </summary>
    /// <param name="policy">Whether anything may be installed or started.</param>
    /// <param name="progress">Told before anything is done to the machine.</param>
    /// <param name="limit">Longest wait for an engine that is there or was started.</param>
    /// <param name="cancellationToken">Ends the wait; an engine that is starting then goes on starting.</param>
    /// <exception cref="HarnessException">There is no engine and none can be set up; the message holds the command to type.</exception>
    public async Task<EngineStatus.Reachable> EnsureAsync(
        SetupPolicy policy, IRunProgress progress, TimeSpan limit, CancellationToken cancellationToken)
    {
        var patience = new EnginePatience(_probe, _endpoint, FindDaemon, _wait);
        var seen = await patience.AnswerAsync(progress, limit, cancellationToken);
        if (seen is EngineStatus.Reachable reachable)
        {
            return reachable;
        }

        RefuseWhereImpossible((EngineStatus.Unreachable)seen, policy, await ReadInstalledVersionAsync(cancellationToken) > 0);
        Directory.CreateDirectory(_folder);
        await using var alone = await FileLock.TakeAsync(
            Path.Combine(_folder, ".lock"), "another run to start the Docker engine", limit, _wait, cancellationToken);
        // Another run may have started one while this one waited.
        return await patience.AnswerAsync(progress, limit, cancellationToken) as EngineStatus.Reachable
            ?? await SetUpAsync(progress, limit, cancellationToken);
    }

    private async Task<EngineStatus.Reachable> SetUpAsync(IRunProgress progress, TimeSpan limit, CancellationToken cancellationToken)
    {
        EngineStatus? seen = null;
        var installedVersion = await ReadInstalledVersionAsync(cancellationToken);
        if (NeedsInstallation(installedVersion))
        {
            await new EnginePackage(_commands, _folder, _bounds(), _environment).InstallAsync(progress, cancellationToken);
            seen = await ProbeAsync(cancellationToken);
        }

        // Installing a package starts its service on some machines.
        return seen as EngineStatus.Reachable ?? await StartAsync(progress, limit, cancellationToken);
    }

    /// <summary>
    /// Stops the engine if it is one that <see cref="EnsureAsync(SetupPolicy, IRunProgress, TimeSpan, CancellationToken)"/> started.
    /// Containers that still run end with it.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when no engine of ours runs.</returns>
    public Task<bool> StopAsync(CancellationToken cancellationToken) => _daemon.StopAsync(_wait, cancellationToken);

    /// <summary>Says what there is to do about an engine that does not answer; nothing is done.</summary>
    /// <param name="seen">What was seen of it.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<string> DescribeRemedyAsync(EngineStatus.Unreachable seen, CancellationToken cancellationToken)
    {
        var installed = await ReadInstalledVersionAsync(cancellationToken) > 0;
        return (FindObstacle(seen) ?? EngineMessages.CreateMissing(seen, installed, _host)).Message;
    }

    private void RefuseWhereImpossible(EngineStatus.Unreachable seen, SetupPolicy policy, bool installed)
    {
        if (FindObstacle(seen) is { } obstacle)
        {
            throw obstacle;
        }

        if (policy == SetupPolicy.Forbid)
        {
            throw EngineMessages.CreateSetupForbidden(seen, installed, _host);
        }

        if (!_host.IsRoot)
        {
            throw EngineMessages.CreateNotRoot(seen, installed, _host);
        }
    }

    // Why no engine can be set up here, whoever asks and whatever is allowed.
    private HarnessException? FindObstacle(EngineStatus.Unreachable seen) =>
        seen.IsForbidden ? EngineMessages.CreateForbidden(seen, Environment.UserName)
        : _endpoint.IsChosen ? EngineMessages.CreateChosenEngineSilent(seen)
        : _host.HasApt ? null
        : EngineMessages.CreateUnknownSystem(seen);

    private async Task<int> ReadInstalledVersionAsync(CancellationToken cancellationToken) =>
        EngineVersion.ParseMajorOfProgram((await _commands.RunAsync(new HostCommand("dockerd", "--version"), cancellationToken)).Output);

    private bool NeedsInstallation(int installedVersion) =>
        installedVersion == 0 || (installedVersion < EnginePackage.FirstModestVersion && _bounds().Withheld.Count > 0);

    private async Task<EngineStatus.Reachable> StartAsync(IRunProgress progress, TimeSpan limit, CancellationToken cancellationToken)
    {
        progress.ReportNotice(Phase, $"Starting the Docker engine; it stays running after this run (log: {_daemon.Log})");
        if (_host.HasSystemd)
        {
            await _commands.RunAsync(new HostCommand("systemctl", "start", "docker"), cancellationToken);
        }
        else
        {
            await _daemon.StartAsync(cancellationToken);
        }

        var goal = new WaitGoal(
            $"the Docker engine to answer at {_endpoint}",
            limit,
            TimeSpan.FromMilliseconds(200),
            $"See {_daemon.Log}.") { GrowsWithTimeout = true };
        return await _wait.UntilAsync(goal, LookAsync, cancellationToken);
    }

    private async Task<Sighting<EngineStatus.Reachable>> LookAsync(CancellationToken cancellationToken) =>
        await ProbeAsync(cancellationToken) switch
        {
            EngineStatus.Reachable reachable => new Sighting<EngineStatus.Reachable>.Reached(reachable),
            _ when !_host.HasSystemd && _daemon.HasEnded => new Sighting<EngineStatus.Reachable>.Hopeless(
                $"dockerd ended; its last lines:{Environment.NewLine}{LastLines.ReadFile(_daemon.Log)}"),
            EngineStatus.Unreachable unreachable => new Sighting<EngineStatus.Reachable>.NotYet(unreachable.Reason),
            EngineStatus.Silent silent => new Sighting<EngineStatus.Reachable>.NotYet(
                FormattableString.Invariant($"no answer within {silent.Waited.TotalSeconds:0} s")),
            var other => throw new InvalidOperationException($"unknown engine status {other}"),
        };
}
