using System.Globalization;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads the process table of a dump.</summary>
internal static class ProcessTableParser
{
    private const string Prefix = "process ";

    /// <summary>The table. A process that ended while it was checked is left out.</summary>
    /// <param name="dump">The dump.</param>
    /// <exception cref="PodDumpException">Not even PID 1 or the exec session could be read.</exception>
    public static ProcessTable Parse(PodDump dump)
    {
        var processes = ListPids(dump).Select(pid => FindProcess(dump, pid)).OfType<ProcessFacts>().ToList();
        var session = LimitsParser.Parse(dump.RequireText("self-limits"))
            ?? throw new PodDumpException($"{dump.Request.Target} shows limits of the exec session that cannot be read.");
        return processes.Exists(process => process.Pid == 1)
            ? new ProcessTable(processes, session) { SessionPid = (int?)dump.FindNumber("self") }
            : throw new PodDumpException(
                $"{dump.Request.Target} does not show its process 1 in /proc; the mount may hide other users' processes (hidepid).");
    }

    private static IEnumerable<int> ListPids(PodDump dump) => dump.Frames.Keys
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(" status", StringComparison.Ordinal))
        .Select(name => int.TryParse(name.Split(' ')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0)
        .Order();

    // A process that ended meanwhile has no status any more. One that has a status which cannot be read must not drop out of the table in
    // silence.
    private static ProcessFacts? FindProcess(PodDump dump, int pid)
    {
        string Part(string part) => $"{Prefix}{pid} {part}";
        if (dump.FindText(Part("status")) is not { Length: > 0 } text || dump.FindText(Part("comm")) is not { } comm)
        {
            return null;
        }

        var status = new KeyedLines(text);
        if (status.FindNumber("PPid") is not { } parent
            || status.ListNumbers("Uid") is not { Count: 4 } uids
            || status.ListNumbers("Gid") is not { Count: 4 } gids)
        {
            throw new PodDumpException(
                $"{dump.Request.Target} shows a status of process {pid} that cannot be read: PPid, Uid or Gid is missing or garbled.");
        }

        ProcessStatusParser.RequireReadable(status, dump.Request.Target, pid);
        return new ProcessFacts(
            pid,
            (int)parent,
            comm.TrimEnd('\n'),
            SecretScanner.Mask(dump.Find(Part("cmdline"))?.Items ?? []),
            status.FindText("State") is [var state, ..] ? state.ToString() : "?",
            StartTime(dump.FindText(Part("stat"))),
            uids,
            gids,
            status.ListNumbers("Groups"),
            LimitsParser.Parse(dump.FindText(Part("limits"))),
            ProcessStatusParser.ReadCapabilities(status),
            ProcessStatusParser.ReadSignals(status),
            ProcessStatusParser.ReadMemory(status),
            (int?)status.FindNumber("NoNewPrivs"),
            (int?)status.FindNumber("Seccomp"),
            (int?)status.FindNumber("Seccomp_filters"),
            ToNullIfEmpty(dump.FindTrimmed(Part("attr/current"))?.TrimEnd('\0')),
            ReadUidMap(dump.FindText(Part("uid_map"))),
            ToNullIfEmpty(dump.FindTrimmed(Part("cwd"))),
            ToNullIfEmpty(dump.FindTrimmed(Part("exe"))),
            EnvironmentParser.Parse(dump.Find(Part("environ"))),
            ParseSockets(dump.FindText(Part("sockets"))))
        {
            InContainer = dump.FindText(Part("own")) switch { "y" => true, "n" => false, _ => null },
        };
    }

    /// <summary>One number in each line; null when the open files of the process could not be read.</summary>
    private static List<long>? ParseSockets(string? text) => text is null
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

    private static string? ReadUidMap(string? text) =>
        ToNullIfEmpty(string.Join('\n', (text ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));

    private static string? ToNullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>Takes the process table.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class ProcessesProbe(IPodDumps dumps)
    : ParsedDumpProbe<ProcessTable>(ObservationKinds.Processes, dumps, ProcessTableParser.Parse);
