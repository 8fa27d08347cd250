using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Values;

/// <summary>
/// Values of another form than the chart's own: a text where it has a section, and those that should be true or false and are neither, for
/// example <c>enabled: "tru"</c>. Helm takes any text that is not empty for true, and a comparison with "true" for false, so that nobody
/// can tell what such a value does.
/// </summary>
internal static class WrongSwitches
{
    private static readonly string[] Switches = ["true", "false", "yes", "no", "on", "off", "y", "n", "-", ""];

    /// <summary>Names them, one sentence each.</summary>
    /// <param name="files">The values files.</param>
    /// <param name="chart">What the chart knows.</param>
    public static IReadOnlyList<string> Describe(IReadOnlyList<ValuesFile> files, ChartShape chart)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(chart);
        return chart.Defaults?.Root is { } root
            ? [.. files.Where(file => file.Root is not null).SelectMany(file => Describe(file.Root!, root, string.Empty))]
            : [];
    }

    // The chart's own values are a tree of finite depth, so that anchors of the user's cannot lead in a circle.
    private static IEnumerable<string> Describe(ValuesMap values, ValuesMap defaults, string path)
    {
        foreach (var (key, known) in defaults.Entries)
        {
            if (values.Find(key) is not { } entry)
            {
                continue;
            }

            var sentences = (entry.Value, known.Value) switch
            {
                (ValuesMap inner, ValuesMap below) => Describe(inner, below, $"{path}{key}."),
                (ValuesScalar { IsNull: false } given, ValuesMap { Entries.Count: > 0 }) =>
                    [WriteSection(path + key, entry, IsWord(given.Text) ? $"'{given.Text}'" : "a text")],
                (ValuesList, ValuesMap { Entries.Count: > 0 }) => [WriteSection(path + key, entry, "a list")],
                (ValuesScalar { IsNull: false } given, ValuesScalar usual) when IsSwitch(usual) && !Fits(given.Text) =>
                    [Write(path + key, entry, given.Text)],
                _ => [],
            };
            foreach (var sentence in sentences)
            {
                yield return sentence;
            }
        }
    }

    private static string WriteSection(string key, ValuesEntry entry, string text) =>
        $"'{key}' ({entry.File.Name} line {entry.Line}) is {text}; the chart expects a mapping "
            + "there, with keys below it.";

    // What may be a secret in the wrong place is not repeated: a notice goes into the log of a build.
    private static bool IsWord(string text) => text.Length <= 5 && text.All(char.IsAsciiLetter);

    private static bool IsSwitch(ValuesScalar usual) => usual is { IsNull: false, Text: "true" or "false" or "-" };

    private static bool Fits(string text) => Switches.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static string Write(string key, ValuesEntry entry, string text) =>
        $"'{key}' ({entry.File.Name} line {entry.Line}) is {(IsWord(text) ? $"'{text}'" : "a text")}; the chart expects true or "
            + $"false{Nearest.WriteHint(text, ["true", "false"])}.";
}
