using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Config;

/// <summary>Reads a <see cref="FixtureHeader"/> strictly: a fixture with a misspelt header would test nothing.</summary>
/// <param name="fileName">Name for messages.</param>
internal sealed partial class FixtureHeaderReader(string fileName)
{
    private static readonly string[] Keys =
        ["expect", "base", "change", "node-ulimit", "node", "patch", "image", "certificates", "starts", "needs", "setup"];
    private const string NativeSidecars = "native-sidecars";
    private static readonly string[] Outcomes = ["Passed", "Failed", "NotApplicable", "Inconclusive"];

    internal FixtureHeader Read(string text)
    {
        var lines = ReadLines(text);
        if (lines.Count == 0 || lines[0].Key != "expect")
        {
            throw CreateProblem("does not start with '# expect: CONTROL Outcome, …' or '# expect: nothing'");
        }

        foreach (var line in lines)
        {
            RefuseUnknown(line.Key, lines);
        }

        return new FixtureHeader(
            ParseExpectations(lines[0].Value),
            FindSingle(lines, "change") ?? throw CreateProblem("has no '# change:' line that says what is special about it"),
            FindSingle(lines, "base"),
            FindSingle(lines, "node-ulimit"),
            FindSingle(lines, "node"),
            [.. lines.Where(line => line.Key == "patch").Select(line => line.Value)],
            FindSingle(lines, "image"),
            FindSingle(lines, "certificates"),
            FindChoice(lines, "starts", "no") is null,
            FindChoice(lines, "needs", "stand-in", NativeSidecars) == "stand-in")
        {
            NeedsNativeSidecars = FindChoice(lines, "needs", "stand-in", NativeSidecars) == NativeSidecars,
            Setups = ReadSetups([.. lines.Where(line => line.Key == "setup").Select(line => line.Value)]),
        };
    }

    // An empty comment ends the header; what follows is prose.
    private List<(string Key, string Value)> ReadLines(string text)
    {
        List<(string Key, string Value)> lines = [];
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal)))
        {
            var match = HeaderLine.Match(line);
            lines.Add(match.Success
                ? (match.Groups["key"].Value, match.Groups["value"].Value)
                : throw CreateProblem($"has the line '{line}', which is no '# key: value'"));
        }

        return lines;
    }

    private void RefuseUnknown(string key, List<(string Key, string Value)> lines)
    {
        if (!Keys.Contains(key))
        {
            throw CreateProblem($"has the unknown key '{key}'. Known are: {string.Join(", ", Keys)}");
        }

        if (key is not ("patch" or "setup") && lines.Count(line => line.Key == key) > 1)
        {
            throw CreateProblem($"gives '{key}' twice");
        }
    }

    private IReadOnlyList<string>? ReadSetups(IReadOnlyList<string> files) => files switch
    {
        [] => null,
        ["none"] => [],
        _ when files.Contains("none") => throw CreateProblem("names 'none' beside a setup"),
        _ => files,
    };

    private List<FixtureExpectation> ParseExpectations(string value) =>
        value == "nothing" ? [] : [.. value.Split(',', StringSplitOptions.TrimEntries).Select(ParseExpectation)];

    private FixtureExpectation ParseExpectation(string text) =>
        text.Split(' ') is [var control, var outcome] && ControlId.IsMatch(control) && Outcomes.Contains(outcome)
            ? new FixtureExpectation(control, outcome)
            : throw CreateProblem($"expects '{text}', which is not a control id with one of {string.Join(", ", Outcomes)}");

    private static string? FindSingle(List<(string Key, string Value)> lines, string key) =>
        lines.Where(line => line.Key == key).Select(line => line.Value).FirstOrDefault();

    private string? FindChoice(List<(string Key, string Value)> lines, string key, params string[] known) => FindSingle(lines, key) switch
    {
        null => null,
        var value when known.Contains(value) => value,
        var value =>
            throw CreateProblem($"gives '{key}' the value '{value}'; only {string.Join(" and ", known.Select(word => $"'{word}'"))} "
                + $"{(known.Length == 1 ? "is" : "are")} known"),
    };

    private HarnessException CreateProblem(string problem) => new(FailureKind.Configuration, $"The fixture '{fileName}' {problem}.");

    [GeneratedRegex(@"^# (?<key>[a-z][a-z-]*): (?<value>\S.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderLine { get; }

    [GeneratedRegex(@"^[A-Z][A-Z0-9]*-[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ControlId { get; }
}
