using System.Globalization;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Values;

/// <summary>What the copies of a chart rendered in one call of Helm, copy by copy, as if all had the name of the first.</summary>
/// <param name="copies">The documents of each copy, by number, each with its template.</param>
internal sealed partial class JointCopies(IReadOnlyList<IReadOnlyList<string>> copies)
{
    private readonly HashSet<string> _unstable =
        [.. copies[0].Except(copies[1]).Concat(copies[1].Except(copies[0])).Select(GetSource)];

    /// <summary>Name of a copy. All names have the same length, so that nothing is cut off in another place.</summary>
    /// <param name="number">Its number.</param>
    public static string GetName(int number) => string.Create(CultureInfo.InvariantCulture, $"copy{number:0000}");

    /// <summary>Reads Helm's output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="count">How many copies there are.</param>
    public static JointCopies Read(string output, int count)
    {
        var copies = Enumerable.Range(0, count).Select(_ => new List<string>()).ToList();
        foreach (var document in Separator.Split("\n" + output.ReplaceLineEndings("\n")).Skip(1))
        {
            if (Copy.Match(document) is { Success: true } match)
            {
                var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                copies[number].Add(document.Replace(GetName(number), GetName(0), StringComparison.Ordinal));
            }
        }

        return new JointCopies(copies);
    }

    /// <summary>True when a copy has other objects than the first one has.</summary>
    /// <param name="number">Its number.</param>
    /// <exception cref="PatchException">What it rendered is no object.</exception>
    public bool Differ(int number)
    {
        var mine = ListOwn(copies[number], copies[0]);
        var theirs = ListOwn(copies[0], copies[number]);
        return mine.Count + theirs.Count > 0 && RenderedDifference.List(Parse(mine), Parse(theirs)).Any();
    }

    private List<string> ListOwn(IReadOnlyList<string> documents, IReadOnlyList<string> others) =>
        [.. documents.Except(others).Where(document => !_unstable.Contains(GetSource(document)))];

    private static RenderedManifests Parse(List<string> documents) =>
        RenderedManifests.Parse(string.Concat(documents.Select(document => $"---\n# Source: {document}\n")));

    private static string GetSource(string document) => document.Split('\n', 2)[0];

    [GeneratedRegex(@"\n---\n# Source: ", RegexOptions.CultureInvariant)]
    private static partial Regex Separator { get; }

    [GeneratedRegex(@"^[^\n]*?/charts/copy([0-9]{4})/", RegexOptions.CultureInvariant)]
    private static partial Regex Copy { get; }
}
