using System.Globalization;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads lines of the form <c>Key: value</c>, as in <c>/proc/PID/status</c>. The first line of a key counts.</summary>
internal sealed class KeyedLines
{
    private const int MaskDigits = 16;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _repeated = [];

    public KeyedLines(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !_values.TryAdd(line[..colon], line[(colon + 1)..].Trim()))
            {
                _repeated.Add(line[..colon]);
            }
        }
    }

    /// <summary>Keys that come more than once, which the kernel never writes: something imitates lines.</summary>
    public IReadOnlyList<string> Repeated => _repeated;

    /// <summary>The value, or null when there is no such line.</summary>
    public string? FindText(string key) => _values.GetValueOrDefault(key);

    /// <summary>The first word as a number, or null.</summary>
    public long? FindNumber(string key) =>
        ListNumbers(key) is [var first, ..] ? first : null;

    /// <summary>All words that are numbers; empty when there is no such line.</summary>
    public IReadOnlyList<long> ListNumbers(string key) =>
    [
        .. ListWords(key)
            .Select(word =>
                long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : (long?)null)
            .OfType<long>(),
    ];

    /// <summary>A hexadecimal mask, as the kernel prints it: sixteen digits.</summary>
    public ulong? Mask(string key) =>
        FindText(key)?.Length == MaskDigits
            && ulong.TryParse(FindText(key), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mask) ? mask : null;

    private string[] ListWords(string key) => (FindText(key) ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
