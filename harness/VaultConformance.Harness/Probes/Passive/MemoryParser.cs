using System.Globalization;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads swap devices and cgroup limits, and the kernel's core settings.</summary>
internal static class MemoryParser
{
    /// <summary>cgroup v1 writes "no limit" as the largest multiple of the page size.</summary>
    private const long UnlimitedV1 = long.MaxValue & ~0xFFFFFL;

    public static MemoryConfinement Confinement(PodDump dump)
    {
        var version = (int?)dump.Number("cgroup");
        var limit = version == 2 ? dump.Trimmed("memory.max") : dump.Trimmed("memory.limit_in_bytes");
        return new MemoryConfinement(
            dump.Text("swaps") is { } swaps ? SwapDevices(swaps) : null,
            version,
            Bytes(limit),
            !string.IsNullOrEmpty(limit),
            dump.Trimmed("memory.swap.max"),
            dump.Number("memory.swap.current"),
            dump.Trimmed("memory.zswap.max"),
            dump.Trimmed("memory.zswap.writeback"),
            Bytes(dump.Trimmed("memory.memsw.limit_in_bytes")),
            (int?)dump.Number("memory.swappiness"));
    }

    /// <exception cref="PodDumpException">There is no core pattern to read.</exception>
    public static CoreSettings Core(PodDump dump) => new(
        dump.RequireText("core-pattern").TrimEnd('\n'), (int?)dump.Number("core-uses-pid"), (int?)dump.Number("suid-dumpable"));

    private static List<SwapDevice> SwapDevices(string text) =>
        [.. text.Split('\n').Skip(1).Select(SwapDevice).OfType<SwapDevice>()];

    /// <summary>Name, type, size, used, priority; blanks in a name are escaped by the kernel.</summary>
    private static SwapDevice? SwapDevice(string line) =>
        line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var name, var type, var size, var used, ..]
            ? new SwapDevice(name, type, Bytes(size) ?? 0, Bytes(used) ?? 0)
            : null;

    private static long? Bytes(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes < UnlimitedV1 ? bytes : null;
}
