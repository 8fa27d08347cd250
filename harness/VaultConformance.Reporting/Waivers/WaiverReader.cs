using System.Globalization;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Waivers;

/// <summary>Reads the waivers of one file, one by one.</summary>
/// <param name="controls">Ids of all controls.</param>
/// <param name="keepsUnknownControls">Whether a waiver may name a control that is not among them.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class WaiverReader(IReadOnlyList<ControlId> controls, bool keepsUnknownControls, ProblemList problems)
{
    private const string IdField = "id";
    private const string ControlField = "control";
    private const string ScopeField = "scope";
    private const string ReasonField = "reason";
    private const string OwnerField = "owner";
    private const string ApprovedByField = "approvedBy";
    private const string ExpiresField = "expires";
    private const string LinkField = "link";

    internal static readonly IReadOnlyList<string> Fields =
        [IdField, ControlField, ScopeField, ReasonField, OwnerField, ApprovedByField, ExpiresField, LinkField];

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Reads one; what is wrong becomes a problem and a placeholder.</summary>
    /// <param name="map">The waiver.</param>
    public Waiver Read(YamlMap map)
    {
        var fields = new YamlFields(map, problems, Fields);
        fields.RefuseUnknown();
        return new Waiver(
            ReadId(fields),
            ReadControl(fields),
            fields.Map(ScopeField) is { } scope ? new WaiverScopeReader(problems).Read(scope) : new WaiverScope(null, null, null),
            fields.ReadRequiredText(ReasonField),
            fields.ReadRequiredText(OwnerField),
            fields.ReadRequiredText(ApprovedByField),
            Expires(fields),
            Link(fields));
    }

    private string ReadId(YamlFields fields)
    {
        var id = fields.ReadRequiredText(IdField);
        var line = fields.FindLine(IdField);
        if (!id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            problems.Add(line, $"id '{id}' may have only letters, digits, '-', '_' and '.'");
        }
        else if (id.Length > 0 && !_lines.TryAdd(id, line))
        {
            problems.Add(line, $"id '{id}' is already given in line {_lines[id]}");
        }

        return id;
    }

    private ControlId ReadControl(YamlFields fields)
    {
        var text = fields.ReadRequiredText(ControlField);
        var isId = ControlId.TryParse(text, out var control) && control.ToString() == text;
        if (text.Length > 0 && !(isId && (keepsUnknownControls || controls.Contains(control))))
        {
            problems.Add(
                fields.FindLine(ControlField),
                $"unknown control '{text}'{Nearest.WriteHint(text, controls.Select(known => known.ToString()))}");
        }

        return control;
    }

    private DateOnly Expires(YamlFields fields)
    {
        var text = fields.ReadRequiredText(ExpiresField);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && text.Length > 0)
        {
            problems.Add(
                fields.FindLine(ExpiresField), $"'{text}' in '{ExpiresField}' must be a day that exists, written for example 2027-03-31");
        }

        return day;
    }

    // Reports show it as a link, so that nothing but a web address may get there.
    private string? Link(YamlFields fields)
    {
        var text = fields.ReadOptionalText(LinkField);
        if (text is not null
            && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0))
        {
            problems.Add(
                fields.FindLine(LinkField), $"'{text}' in '{LinkField}' must be a web address that starts with https:// or http://");
        }

        return text;
    }
}
