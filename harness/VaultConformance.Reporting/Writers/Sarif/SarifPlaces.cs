using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>Where results are located: the line of the values file that decides a control, and the pods that deviate.</summary>
/// <param name="valuesFiles">The values files of the run.</param>
internal sealed class SarifPlaces(IReadOnlyList<string> valuesFiles)
{
    /// <summary>Name of the folder that paths start from; build servers take it for the root of the repository.</summary>
    public const string SourceRoot = "%SRCROOT%";

    private const int MostSubjects = 50;
    private const int MostRelated = 20;

    /// <summary>
    /// Where a result is. Code scanning refuses a whole file for one result without a place, so that a result that no line decides stands
    /// at the start of the first values file; null when not even that is known.
    /// </summary>
    /// <param name="declared">What the values say, the likely cause first.</param>
    /// <param name="findings">What was checked.</param>
    public IReadOnlyList<SarifLocation>? List(IReadOnlyList<DeclaredValue> declared, IReadOnlyList<Finding> findings)
    {
        var physical = declared.Count > 0
            ? CreateLine(declared[0].Path, declared[0].Line)
            : valuesFiles.Count > 0 ? CreateLine(valuesFiles[0], 1) : null;
        var logical = ListSubjects(findings);
        return physical is null && logical is null ? null : [new SarifLocation(null, null, physical, logical)];
    }

    /// <summary>Other lines that say something about a control; null when there are none.</summary>
    /// <param name="declared">What the values say, the likely cause first.</param>
    public static IReadOnlyList<SarifLocation>? ListRelated(IReadOnlyList<DeclaredValue> declared) => declared.Count < 2
        ? null
        : [.. declared.Skip(1).Take(MostRelated).Select((value, index) => new SarifLocation(
            index + 1, new SarifText(SarifWords.ToSentence($"{value.Key}: {value.Text}")), CreateLine(value.Path, value.Line), null))];

    /// <summary>
    /// A path as a relative reference: only what must be is escaped, and nothing in it can be taken for a scheme or a query.
    /// </summary>
    /// <param name="path">Path with <c>/</c>.</param>
    internal static string ToUri(string path) =>
        string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).DefaultIfEmpty(".").Select(Escape));

    // Rune by rune, because a lone surrogate has no place in an address.
    private static string Escape(string part) => Uri.EscapeDataString(string.Concat(part.EnumerateRunes().Select(rune => rune.ToString())));

    private static SarifPhysicalLocation CreateLine(string path, int line) =>
        new(new SarifArtifact(ToUri(path), SourceRoot), new SarifRegion(Math.Max(1, line), 1, Math.Max(1, line)));

    private static SarifLogicalLocation[]? ListSubjects(IReadOnlyList<Finding> findings)
    {
        var names = findings.Where(finding => finding.Outcome is Outcome.Failed or Outcome.Inconclusive)
            .Select(finding => SarifWords.Shorten(finding.Subject))
            .Where(subject => subject.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Take(MostSubjects)
            .ToList();
        return names.Count == 0 ? null : [.. names.Select(name => new SarifLogicalLocation(name, name, "resource"))];
    }
}
