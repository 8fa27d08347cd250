using System.Globalization;
using System.Text;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>
/// Writes <c>annotations.txt</c>: workflow commands of GitHub, one line for each control that failed, and one for all that could not be
/// determined for the same reason. Printed by a step, they mark the line of the values file.
/// </summary>
public sealed class AnnotationsWriter : IReportWriter
{
    private const int Longest = 1000;

    /// <inheritdoc />
    public string FileName => "annotations.txt";

    /// <inheritdoc />
    public Task<string> RenderAsync(ConformanceReport report)
    {
        var text = new StringBuilder();
        foreach (var deviation in DeviationGroup.ListFrom(report).SelectMany(group => group.Deviations))
        {
            // The gravest stands for all of them.
            var result = deviation.Results.MaxBy(one => one.Level)!;
            if (FindCommand(result) is { } command)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"::{command} {DescribePlace(report, result)}title={EscapeProperty(DescribeTitle(deviation, result))}");
                text.Append("::").Append(EscapeData(Describe(result))).Append('\n');
            }
        }

        return Task.FromResult(text.ToString());
    }

    // A waived failure needs nobody's attention in a build.
    private static string? FindCommand(ControlResult result) => result.GetStanding() switch
    {
        Standing.Breach or Standing.Untold => "error",
        Standing.Advice or Standing.UntoldAdvice => "warning",
        _ => null,
    };

    private static string DescribePlace(ConformanceReport report, ControlResult result) => (result.Declared, report.ValuesFiles) switch
    {
        ([var value, ..], _) => string.Create(
            CultureInfo.InvariantCulture, $"file={EscapeProperty(value.Path)},line={Math.Max(1, value.Line)},"),
        (_, [var file, ..]) => $"file={EscapeProperty(file)},line=1,",
        _ => string.Empty,
    };

    private static string DescribeTitle(Deviation deviation, ControlResult result) => deviation.Single is null
        ? $"{deviation.Results.Count} controls could not be determined: {deviation.Ids}"
        : $"{result.Control.Id} ({result.Level.ToString().ToUpperInvariant()}) {result.Control.Title}";

    private static string Describe(ControlResult result) => result.Outcome == Outcome.Inconclusive
        ? $"{ToSentence(result.Summary)} {FindOutText.Heading}: {FindOutText.Write(result)}"
        : $"{result.Summary} Fix: {DeclaredPlace.DescribeFix(result)}";

    private static string ToSentence(string reason) => reason.Length == 0
        ? reason
        : $"{char.ToUpperInvariant(reason[0])}{reason[1..].TrimEnd('.')}.";

    private static string EscapeData(string text) => Printable.Cut(Printable.ToOneLine(text), Longest)
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) => EscapeData(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
