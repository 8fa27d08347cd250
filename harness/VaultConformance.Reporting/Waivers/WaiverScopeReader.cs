using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Waivers;

/// <summary>Reads where a waiver holds.</summary>
/// <param name="problems">Receives the problems.</param>
internal sealed class WaiverScopeReader(ProblemList problems)
{
    private const string ChartField = "chart";
    private const string PlatformField = "platform";
    private const string PodField = "pod";

    internal static readonly IReadOnlyList<string> Fields = [ChartField, PlatformField, PodField];

    /// <summary>Reads it.</summary>
    /// <param name="map">The field <c>scope</c>.</param>
    public WaiverScope Read(YamlMap map)
    {
        var fields = new YamlFields(map, problems, Fields);
        fields.RefuseUnknown();
        return new WaiverScope(
            ReadChart(fields),
            ReadWord(fields, PlatformField, "-", "lower-case letters, digits and '-'"),
            ReadWord(fields, PodField, "-.*", "lower-case letters, digits, '-', '.' and '*'"));
    }

    private string? ReadChart(YamlFields fields)
    {
        var text = fields.ReadOptionalText(ChartField);
        if (text is not null && ChartRange.TryParse(text) is null)
        {
            problems.Add(
                fields.FindLine(ChartField),
                text.Contains('-', StringComparison.Ordinal)
                    ? $"'{text}' in '{ChartField}' names a pre-release; leave that part out, a chart 0.36.0-rc.1 is judged as 0.36.0"
                    : $"'{text}' in '{ChartField}' is not a range of chart versions, or holds none; write for example \">=0.30.0 "
                        + "<0.36.0\"");
        }

        return text;
    }

    private string? ReadWord(YamlFields fields, string field, string others, string allowed)
    {
        var text = fields.ReadOptionalText(field);
        if (text is not null
            && !text.All(character =>
                char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || others.Contains(character, StringComparison.Ordinal)))
        {
            problems.Add(fields.FindLine(field), $"{field} '{text}' may have only {allowed}");
        }

        return text;
    }
}
