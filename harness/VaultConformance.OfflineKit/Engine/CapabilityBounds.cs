using System.Globalization;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>The capabilities that this process and everything it starts can ever have.</summary>
/// <remarks>
/// Docker engines before 26 give a privileged container every capability that the kernel knows; where the machine withholds one, runc
/// fails with "unable to apply caps: operation not permitted". Newer ones give what they have themselves.
/// </remarks>
/// <param name="Bounding">Bit mask from <c>/proc/self/status</c>, field <c>CapBnd</c>.</param>
/// <param name="Last">Highest capability of the kernel, from <c>/proc/sys/kernel/cap_last_cap</c>.</param>
internal sealed record CapabilityBounds(ulong Bounding, int Last)
{
    private const string Field = "CapBnd:";

    public IReadOnlyList<int> Withheld => [.. Enumerable.Range(0, Last + 1).Where(capability => (Bounding & (1UL << capability)) == 0)];

    public static CapabilityBounds FromThisProcess() =>
        Parse(File.ReadAllText("/proc/self/status"), File.ReadAllText("/proc/sys/kernel/cap_last_cap"));

    public static CapabilityBounds Parse(string status, string last)
    {
        var line = status.Split('\n').FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))
            ?? throw new FormatException($"/proc/self/status has no line '{Field}'");
        return new CapabilityBounds(
            ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            int.Parse(last, CultureInfo.InvariantCulture));
    }
}
