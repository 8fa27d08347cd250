using System.Text;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads <c>/proc/1/mountinfo</c>.</summary>
internal static class MountTableParser
{
    private const int FirstOptionalField = 6;

    /// <summary>The mounts in the kernel's order.</summary>
    /// <exception cref="PodDumpException">The file could not be read or holds no mount.</exception>
    public static MountTable Parse(PodDump dump)
    {
        var lines = dump.RequireText("mountinfo").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var mounts = lines.Select(Mount).OfType<MountFacts>().ToList();
        return mounts.Count > 0 && mounts.Count == lines.Length
            ? new MountTable(mounts)
            : throw new PodDumpException(
                $"{dump.Request.Target} shows a mount table that cannot be read: {lines.Length} lines, {mounts.Count} of them mounts. The "
                    + "sandbox may hide it.");
    }

    private static MountFacts? Mount(string line)
    {
        var fields = line.Split(' ');
        var separator = Array.IndexOf(fields, "-", Math.Min(FirstOptionalField, fields.Length));
        return separator >= 0 && fields.Length > separator + 3 && SaysAccess(fields[5]) && SaysAccess(fields[separator + 3])
            ? new MountFacts(
                Unescape(fields[4]),
                fields[separator + 1],
                Unescape(fields[separator + 2]),
                Unescape(fields[3]),
                fields[5].Split(','),
                fields[separator + 3].Split(','))
            : null;
    }

    private static bool SaysAccess(string options) => options.Split(',')[0] is "ro" or "rw";

    /// <summary>The kernel writes blanks, tabs, line breaks and backslashes as three octal digits.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var text = new StringBuilder(field.Length);
        for (var at = 0; at < field.Length; at++)
        {
            if (field[at] == '\\' && at + 3 < field.Length && field[(at + 1)..(at + 4)].All(digit => digit is >= '0' and <= '7'))
            {
                text.Append((char)Convert.ToInt32(field[(at + 1)..(at + 4)], 8));
                at += 3;
            }
            else
            {
                text.Append(field[at]);
            }
        }

        return text.ToString();
    }
}

/// <summary>Takes the mounts.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class MountsProbe(IPodDumps dumps) : ParsedDumpProbe<MountTable>(ObservationKinds.Mounts, dumps, MountTableParser.Parse);
