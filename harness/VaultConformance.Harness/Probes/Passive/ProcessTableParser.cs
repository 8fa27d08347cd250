using System.Globalization;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads the process table of a dump.</summary>
internal static class ProcessTableParser
{
    private const string Prefix = "process ";

    /// <summary>The table. A process that ended while it was looked at is left out.</summary>
    /// <param name="dump">The dump.</param>
    /// <exception cref="PodDumpException">Not even PID 1 or the exec session could be read.</exception>
    public static ProcessTable Parse(PodDump dump)
    {
        var processes = Pids(dump).Select(pid => ProcessOf(dump, pid)).OfType<ProcessFacts>().ToList();
        var session = LimitsParser.Parse(dump.RequireText("self-limits"))
            ?? throw new PodDumpException($"{dump.Request.Target} shows limits of the exec session that cannot be read.");
        return processes.Exists(process => process.Pid == 1)
            ? new ProcessTable(processes, session) { SessionPid = (int?)dump.Number("self") }
            : throw new PodDumpException($"{dump.Request.Target} does not show its process 1 in /proc; the mount may hide other users' processes (hidepid).");
    }

    private static IEnumerable<int> Pids(PodDump dump) => dump.Frames.Keys
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(" status", StringComparison.Ordinal))
        .Select(name => int.TryParse(name.Split(' ')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0)
        .Order();

    // A process that ended meanwhile has no status any more. One that has a status which cannot be read must not drop out of the table in silence.
    private static ProcessFacts? ProcessOf(PodDump dump, int pid)
    {
        string Part(string part) => $"{Prefix}{pid} {part}";
        if (dump.Text(Part("status")) is not { Length: > 0 } text || dump.Text(Part("comm")) is not { } comm)
        {
            return null;
        }

        var status = new KeyedLines(text);
        if (status.Number("PPid") is not { } parent || status.Numbers("Uid") is not { Count: 4 } uids || status.Numbers("Gid") is not { Count: 4 } gids)
        {
            throw new PodDumpException($"{dump.Request.Target} shows a status of process {pid} that cannot be read: PPid, Uid or Gid is missing or garbled.");
        }

        ProcessStatusParser.RequireReadable(status, dump.Request.Target, pid);
        return new ProcessFacts(
            pid,
            (int)parent,
            comm.TrimEnd('\n'),
            SecretScanner.Mask(dump.Find(Part("cmdline"))?.Items ?? []),
            status.Text("State") is [var state, ..] ? state.ToString() : "?",
            StartTime(dump.Text(Part("stat"))),
            uids,
            gids,
            status.Numbers("Groups"),
            LimitsParser.Parse(dump.Text(Part("limits"))),
            ProcessStatusParser.Capabilities(status),
            ProcessStatusParser.Signals(status),
            ProcessStatusParser.Memory(status),
            (int?)status.Number("NoNewPrivs"),
            (int?)status.Number("Seccomp"),
            (int?)status.Number("Seccomp_filters"),
            NullIfEmpty(dump.Trimmed(Part("attr/current"))?.TrimEnd('\0')),
            UidMap(dump.Text(Part("uid_map"))),
            NullIfEmpty(dump.Trimmed(Part("cwd"))),
            NullIfEmpty(dump.Trimmed(Part("exe"))),
            EnvironmentParser.Parse(dump.Find(Part("environ"))),
            Sockets(dump.Text(Part("sockets"))))
        {
            InContainer = dump.Text(Part("own")) switch { "y" => true, "n" => false, _ => null },
        };
    }

    /// <summary>One number in each line; null when the open files of the process could not be read.</summary>
    private static List<long>? Sockets(string? text) => text is null
        ? null
        : [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var inode) ? inode : 0)
            .Where(inode => inode > 0).Distinct().Order()];

    /// <summary>Field 22 of <c>stat</c>; the name in parentheses before it may hold blanks and parentheses.</summary>
    private static long? StartTime(string? stat)
    {
        const int FieldsAfterName = 19;
        var afterName = stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return afterName.Length > FieldsAfterName
            && long.TryParse(afterName[FieldsAfterName], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                ? ticks
                : null;
    }

    private static string? UidMap(string? text) =>
        NullIfEmpty(string.Join('\n', (text ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Takes the process table.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class ProcessesProbe(IPodDumps dumps) : ParsedDumpProbe<ProcessTable>(ObservationKinds.Processes, dumps, ProcessTableParser.Parse);
