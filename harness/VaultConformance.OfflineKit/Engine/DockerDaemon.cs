using System.Globalization;
using System.Runtime.InteropServices;
using VaultConformance.Harness;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>The engine's process when we start it: in a session of its own, so that Ctrl-C in our terminal does not reach it.</summary>
/// <param name="commands">Runs programs.</param>
/// <param name="folder">Where its log and the file with its process id go.</param>
/// <param name="arguments">Further arguments of <c>dockerd</c>.</param>
internal sealed class DockerDaemon(IHostCommands commands, string folder, params IReadOnlyList<string> arguments)
{
    private const string ProgramName = "dockerd";

    // setsid gives it a session of its own; exec keeps the process id that the shell has written down. What our caller left open, a lock
    // for example, is not the daemon's to keep: InheritedFiles closes it before.
    private const string Launcher = """echo $$ >"$1" && log=$2 && shift 2 && exec "$@" >>"$log" 2>&1 </dev/null""";

    private readonly string _processIdFile = Path.Combine(folder, "dockerd.pid");

    public string Log { get; } = Path.Combine(folder, "dockerd.log");

    /// <summary>True once the process that we started is gone; before it has written its id down it counts as starting.</summary>
    public bool HasEnded => ProcessId is { } id && RunningDaemon.FindName(id) is null;

    private bool Runs => ProcessId is { } id && RunningDaemon.FindName(id) == ProgramName;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Runs)
        {
            // Its log and the file with its process id are still needed.
            return;
        }

        Directory.CreateDirectory(folder);
        File.Delete(_processIdFile);
        InheritedFiles.KeepFromChildren();
        var result = await commands.RunAsync(
            new HostCommand("setsid", ["--fork", "sh", "-c", Launcher, "sh", _processIdFile, Log, ProgramName, .. arguments]),
            cancellationToken);
        if (!result.Succeeded)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"'{ProgramName}' could not be started: {result.Error.Trim()} Start a Docker engine yourself, then run again.");
        }
    }

    /// <summary>Ends the process that we started and waits until it is gone.</summary>
    /// <returns>False when none of ours runs.</returns>
    public async Task<bool> StopAsync(Wait wait, CancellationToken cancellationToken)
    {
        if (!Runs)
        {
            return false;
        }

        await TerminateAsync(ProcessId!.Value, cancellationToken);
        var goal = new WaitGoal(
            "the Docker engine to stop",
            TimeSpan.FromSeconds(60),
            TimeSpan.FromMilliseconds(100),
            $"See {Log}, or end it as the user who started it.");
        await wait.UntilAsync(
            goal,
            _ => Task.FromResult<Sighting<bool>>(Runs ? new Sighting<bool>.NotYet("still running") : new Sighting<bool>.Reached(true)),
            cancellationToken);
        File.Delete(_processIdFile);
        return true;
    }

    // The shell's own kill: the program of that name is not on every machine.
    private async Task TerminateAsync(int processId, CancellationToken cancellationToken)
    {
        var id = processId.ToString(CultureInfo.InvariantCulture);
        var result = await commands.RunAsync(new HostCommand("sh", "-c", """kill -TERM "$1" """, "sh", id), cancellationToken);
        if (!result.Succeeded && Runs)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"The Docker engine (process {id}) could not be stopped: {result.Error.Trim()} Stop it as the user who started it.");
        }
    }

    private int? ProcessId =>
        File.Exists(_processIdFile) && int.TryParse(File.ReadAllText(_processIdFile), CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>
/// Files that the caller of this program left open in it: the lock of <c>flock</c>, the pipe of a job that waits for its end.
/// </summary>
internal static class InheritedFiles
{
    private const string Folder = "/proc/self/fd";
    private const int SetFlags = 2;
    private const int CloseOnExec = 1;
    private const int FirstAfterStandard = 3;

    /// <summary>Closes them in every program that is started from now on. This program keeps them.</summary>
    /// <remarks>A daemon that outlives us would hold them for ever, and whoever waits for them would never go on.</remarks>
    public static void KeepFromChildren()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (var name in Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName))
        {
            if (int.TryParse(name, CultureInfo.InvariantCulture, out var descriptor) && descriptor >= FirstAfterStandard)
            {
                // One that is closed by now, for example that of this enumeration, needs nothing.
                _ = Control(descriptor, SetFlags, CloseOnExec);
            }
        }
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command, int argument);
}

/// <summary>Finds the engine's process on this machine, whoever started it.</summary>
internal static class RunningDaemon
{
    private const string ProgramName = "dockerd";

    /// <summary>The process id; null when no engine runs, or where processes cannot be listed.</summary>
    public static int? Find() => OperatingSystem.IsLinux()
        ? Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && FindName(id) == ProgramName)
            .Select(id => (int?)id)
            .FirstOrDefault()
        : null;

    /// <summary>Name of a process; null when there is none.</summary>
    public static string? FindName(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
