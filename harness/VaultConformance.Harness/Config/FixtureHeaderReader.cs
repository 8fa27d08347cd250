using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Config;

/// <summary>Reads a <see cref="FixtureHeader"/> strictly: a fixture with a misspelt header would test nothing.</summary>
/// <param name="fileName">Name for messages.</param>
internal sealed partial class FixtureHeaderReader(string fileName)
{
    private static readonly string[] Keys = ["expect", "base", "change", "node-ulimit", "node", "patch", "image", "certificates", "starts", "needs"];
    private const string NativeSidecars = "native-sidecars";
    private static readonly string[] Outcomes = ["Passed", "Failed", "NotApplicable", "Inconclusive"];

    internal FixtureHeader Read(string text)
    {
        var lines = Lines(text);
        if (lines.Count == 0 || lines[0].Key != "expect")
            throw Problem("does not start with '# expect: CONTROL Outcome, …' or '# expect: nothing'");
        foreach (var line in lines)
            RefuseUnknown(line.Key, lines);
        return new FixtureHeader(
            Expectations(lines[0].Value),
            Single(lines, "change") ?? throw Problem("has no '# change:' line that says what is special about it"),
            Single(lines, "base"),
            Single(lines, "node-ulimit"),
            Single(lines, "node"),
            [.. lines.Where(line => line.Key == "patch").Select(line => line.Value)],
            Single(lines, "image"),
            Single(lines, "certificates"),
            Choice(lines, "starts", "no") is null,
            Choice(lines, "needs", "stand-in", NativeSidecars) == "stand-in")
        {
            NeedsNativeSidecars = Choice(lines, "needs", "stand-in", NativeSidecars) == NativeSidecars,
        };
    }

    // An empty comment ends the header; what follows is prose.
    private List<(string Key, string Value)> Lines(string text)
    {
        List<(string Key, string Value)> lines = [];
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal)))
        {
            var match = HeaderLine().Match(line);
            lines.Add(match.Success ? (match.Groups["key"].Value, match.Groups["value"].Value) : throw Problem($"has the line '{line}', which is no '# key: value'"));
        }

        return lines;
    }

    private void RefuseUnknown(string key, List<(string Key, string Value)> lines)
    {
        if (!Keys.Contains(key))
            throw Problem($"has the unknown key '{key}'. Known are: {string.Join(", ", Keys)}");
        if (key != "patch" && lines.Count(line => line.Key == key) > 1)
            throw Problem($"gives '{key}' twice");
    }

    private List<FixtureExpectation> Expectations(string value) =>
        value == "nothing" ? [] : [.. value.Split(',', StringSplitOptions.TrimEntries).Select(Expectation)];

    private FixtureExpectation Expectation(string text) => text.Split(' ') is [var control, var outcome] && ControlId().IsMatch(control) && Outcomes.Contains(outcome)
        ? new FixtureExpectation(control, outcome)
        : throw Problem($"expects '{text}', which is no control id with one of {string.Join(", ", Outcomes)}");

    private static string? Single(List<(string Key, string Value)> lines, string key) =>
        lines.Where(line => line.Key == key).Select(line => line.Value).FirstOrDefault();

    private string? Choice(List<(string Key, string Value)> lines, string key, params string[] known) => Single(lines, key) switch
    {
        null => null,
        var value when known.Contains(value) => value,
        var value => throw Problem($"gives '{key}' the value '{value}'; only {string.Join(" and ", known.Select(word => $"'{word}'"))} {(known.Length == 1 ? "is" : "are")} known"),
    };

    private HarnessException Problem(string problem) => new(FailureKind.Configuration, $"The fixture '{fileName}' {problem}.");

    [GeneratedRegex(@"^# (?<key>[a-z][a-z-]*): (?<value>\S.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"^[A-Z][A-Z0-9]*-[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ControlId();
}
