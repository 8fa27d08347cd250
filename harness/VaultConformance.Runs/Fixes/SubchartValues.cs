using VaultConformance.Reporting.Fixes;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Fixes;

/// <summary>Recognises values of a chart that contains the Vault chart: its keys lie below the name of the subchart.</summary>
internal static class SubchartValues
{
    private const string Server = "server";

    /// <summary>Refuses them as a whole: a key at the wrong place changes nothing, or half of it.</summary>
    /// <param name="values">The user's values.</param>
    /// <param name="recorded">What was recorded of the chart.</param>
    /// <exception cref="UnsafeFixException">They are values of such a chart.</exception>
    public static void Refuse(FixMap values, RecordedValues recorded)
    {
        var below = values.Entries.FirstOrDefault(
            entry => entry.Key != Server && entry.Value is FixMap map && map.Find(Server) is FixMap);
        if (below.Key is { } name && values.Find(Server) is not FixMap { Entries.Count: > 0 })
        {
            throw new UnsafeFixException(
                $"the keys of the Vault chart are below '{name}', as those of a subchart; put what the pages of the controls show below "
                + $"'{name}' by hand ('{name}.{Server}', and 'global' at the top)");
        }

        if (recorded.Defaults.Count == 0)
        {
            throw new UnsafeFixException(
                "the chart has no server configuration of its own, so that it is not known where its keys belong (it may contain the Vault "
                + "chart as a subchart)");
        }
    }
}
