using System.Globalization;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads swap devices and cgroup limits, and the kernel's core settings.</summary>
internal static class MemoryParser
{
    /// <summary>cgroup v1 writes "no limit" as the largest multiple of the page size.</summary>
    private const long UnlimitedV1 = long.MaxValue & ~0xFFFFFL;

    private static readonly string[] SwapHeadings = ["Filename", "Type", "Size", "Used", "Priority"];

    public static MemoryConfinement ReadConfinement(PodDump dump)
    {
        var version = (int?)dump.FindNumber("cgroup");
        var limit = version == 2 ? dump.FindTrimmed("memory.max") : dump.FindTrimmed("memory.limit_in_bytes");
        return new MemoryConfinement(
            dump.FindText("swaps") is { } swaps ? SwapDevices(swaps) : null,
            version,
            ParseBytes(limit),
            version == 2 ? IsLimit(limit) : ParseBytes(limit) is not null || IsUnlimitedV1(limit),
            dump.FindTrimmed("memory.swap.max") is { } swapMax && IsLimit(swapMax) ? swapMax : null,
            dump.FindNumber("memory.swap.current"),
            dump.FindTrimmed("memory.zswap.max"),
            dump.FindTrimmed("memory.zswap.writeback"),
            ParseBytes(dump.FindTrimmed("memory.memsw.limit_in_bytes")),
            (int?)dump.FindNumber("memory.swappiness"))
        {
            PidsMax = dump.FindTrimmed("pids.max") is { Length: > 0 } tasks ? tasks : null,
        };
    }

    /// <exception cref="PodDumpException">There is no core pattern to read.</exception>
    public static CoreSettings ReadCore(PodDump dump) => new(
        dump.RequireText("core-pattern").TrimEnd('\n'), (int?)dump.FindNumber("core-uses-pid"), (int?)dump.FindNumber("suid-dumpable"))
    {
        KernelRelease = dump.FindTrimmed("kernel-release") is { Length: > 0 } release ? release : null,
    };

    // The kernel always writes the line of headings. A file without it is something else, for example /dev/null mounted over it.
    private static List<SwapDevice>? SwapDevices(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || !SplitWords(lines[0]).SequenceEqual(SwapHeadings))
        {
            return null;
        }

        var devices = lines.Skip(1).Select(SwapDevice).ToList();
        return devices.Contains(null) ? null : [.. devices.OfType<SwapDevice>()];
    }

    /// <summary>Name, type, size, used, priority; blanks in a name are escaped by the kernel.</summary>
    private static SwapDevice? SwapDevice(string line) =>
        SplitWords(line) is [var name, var type, var size, var used, _] && ParseBytes(size) is { } total && ParseBytes(used) is { } taken
            ? new SwapDevice(name, type, total, taken)
            : null;

    private static string[] SplitWords(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // cgroup v2 writes a number without leading zeros, or max.
    private static bool IsLimit(string? text) =>
        text is "max" or "0" || (text is ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..] && ParseBytes(text) is not null);

    private static bool IsUnlimitedV1(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= UnlimitedV1;

    private static long? ParseBytes(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes < UnlimitedV1 ? bytes : null;
}

/// <summary>Takes the core settings of the kernel.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class CoreSettingsProbe(IPodDumps dumps)
    : ParsedDumpProbe<CoreSettings>(ObservationKinds.CoreSettings, dumps, MemoryParser.ReadCore);

/// <summary>Takes swap and the memory limits.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class MemoryProbe(IPodDumps dumps)
    : ParsedDumpProbe<MemoryConfinement>(ObservationKinds.Memory, dumps, MemoryParser.ReadConfinement);
