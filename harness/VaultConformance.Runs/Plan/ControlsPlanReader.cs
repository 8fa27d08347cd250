using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Runs.Plan;

/// <summary>Reads what is verified.</summary>
/// <param name="reader">The settings.</param>
/// <param name="problems">Receives the problems.</param>
/// <param name="context">Catalogue and profiles.</param>
internal sealed class ControlsPlanReader(PlanReader reader, PlanProblems problems, PlanContext context)
{
    private const string DefaultProfile = "baseline";

    /// <summary>Reads it; null when the profile cannot be used.</summary>
    /// <param name="cancellationToken">Cancels reading the files.</param>
    public async Task<ControlsPlan?> ReadAsync(CancellationToken cancellationToken)
    {
        var only = ReadControls(Settings.Only);
        var skip = ReadControls(Settings.Skip);
        RefuseEmptySelection(only, skip);
        var disruptive = !reader.Switch(Settings.NoDisruptive);
        var waivers = await ReadWaiversAsync(cancellationToken);
        try
        {
            var reference = reader.ReadSingle(Settings.Profile) ?? DefaultProfile;
            return new ControlsPlan(await context.Profiles.LoadAsync(
                reference,
                context.WorkingFolder,
                cancellationToken), only, skip, disruptive) { Catalogue = context.Catalogue, Waivers = waivers };
        }
        catch (ProfileException exception)
        {
            problems.Add(reader.DescribeOrigin(Settings.Profile), exception.Message);
            return null;
        }
    }

    private async Task<IReadOnlyList<WaiverFile>> ReadWaiversAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new WaiverLoader(context.Catalogue)
                .LoadAsync([.. reader.ReadMany(Settings.Waivers).Select(reader.ToFullPath)], cancellationToken);
        }
        catch (WaiverException exception)
        {
            problems.Add(reader.DescribeOrigin(Settings.Waivers), exception.Message);
            return [];
        }
    }

    private List<ControlId> ReadControls(Setting setting)
    {
        var names = reader.ReadMany(setting)
            .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (names.RemoveAll(name => name.Length == 0) > 0)
        {
            problems.Add(reader.DescribeOrigin(setting), "a name beside a comma is missing; write for example CORE,TLS-1");
        }

        return [.. names.SelectMany(name => Expand(setting, name)).Distinct().Order()];
    }

    private List<ControlId> Expand(Setting setting, string text)
    {
        List<ControlId> ids =
        [
            .. context.Catalogue.Select(control => control.Id)
                .Where(id => text.Equals(id.ToString(), StringComparison.OrdinalIgnoreCase)
                    || text.Equals(id.Family, StringComparison.OrdinalIgnoreCase)),
        ];
        if (ids.Count == 0)
        {
            var known = context.Catalogue.SelectMany(control => new[] { control.Id.ToString(), control.Id.Family });
            problems.Add(
                reader.DescribeOrigin(setting),
                $"there is no control or family '{text}'{Nearest.WriteHint(text, known)}; the verb 'controls' lists them");
        }

        return ids;
    }

    private void RefuseEmptySelection(List<ControlId> only, List<ControlId> skip)
    {
        var selected = only.Count > 0 ? only : context.Catalogue.Select(control => control.Id);
        if (skip.Count > 0 && selected.All(skip.Contains))
        {
            problems.Add(reader.DescribeOrigin(Settings.Skip), "leaves no control to verify");
        }
    }
}
