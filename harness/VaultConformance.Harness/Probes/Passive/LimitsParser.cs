using System.Globalization;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads <c>/proc/PID/limits</c>.</summary>
internal static class LimitsParser
{
    private const string Core = "Max core file size";
    private const string LockedMemory = "Max locked memory";
    private const string OpenFiles = "Max open files";
    private const string Unlimited = "unlimited";

    /// <summary>The limits, or null when a line is missing or cannot be read: half a limit is no evidence.</summary>
    public static ProcessLimits? Parse(string? text)
    {
        var lines = (text ?? string.Empty).Split('\n');
        return Limit(lines, Core) is { } core && Limit(lines, LockedMemory) is { } locked
            ? new ProcessLimits(core, locked) { OpenFiles = Limit(lines, OpenFiles) }
            : null;
    }

    private static ResourceLimit? Limit(string[] lines, string name)
    {
        var line = Array.Find(lines, candidate => candidate.StartsWith(name + " ", StringComparison.Ordinal));
        var words = line?[name.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length >= 2 && TryParseValue(words[0], out var soft) && TryParseValue(words[1], out var hard)
            ? new ResourceLimit(soft, hard)
            : null;
    }

    private static bool TryParseValue(string word, out ulong? value)
    {
        value = null;
        if (word == Unlimited)
        {
            return true;
        }

        var known = ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        value = number;
        return known;
    }
}
