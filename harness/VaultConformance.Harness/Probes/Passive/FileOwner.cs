using System.Globalization;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Owner and mode of a file, as <c>stat</c> or <c>ls</c> tell them.</summary>
internal static class FileOwner
{
    private const int ModeLength = 10;
    private static readonly (long? Uid, long? Gid, string? Mode) Unknown = (null, null, null);

    /// <summary>From <c>stat -c '%u %g %a'</c>.</summary>
    public static (long? Uid, long? Gid, string? Mode) FromStat(string text) =>
        text.Split(' ') is [var uid, var gid, var mode] && ParseNumber(uid) is { } owner && ParseNumber(gid) is { } group
            ? (owner, group, mode)
            : Unknown;

    /// <summary>From <c>ls -lnLd</c>: mode letters, links, owner, group, …</summary>
    public static (long? Uid, long? Gid, string? Mode) FromListing(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var letters, _, var uid, var gid, ..]
        && letters.Length >= ModeLength && ParseNumber(uid) is { } owner && ParseNumber(gid) is { } group
            ? (owner, group, ToOctal(letters))
            : Unknown;

    private static string ToOctal(string letters)
    {
        var bits = 0;
        for (var at = 1; at < ModeLength; at++)
        {
            // s and t stand for execute and a special bit, S and T for the special bit alone.
            bits = (bits << 1) | (letters[at] is '-' or 'S' or 'T' ? 0 : 1);
        }

        bits |= letters[3] is 's' or 'S' ? 0x800 : 0;
        bits |= letters[6] is 's' or 'S' ? 0x400 : 0;
        bits |= letters[9] is 't' or 'T' ? 0x200 : 0;
        return Convert.ToString(bits, 8);
    }

    private static long? ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
