using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads what the script lets out of an environment: names, and values of harmless variables.</summary>
internal static class EnvironmentParser
{
    /// <summary>The environment; null when it could not be read.</summary>
    public static EnvironmentFacts? Parse(DumpFrame? frame)
    {
        if (frame is not { ExitCode: 0 })
        {
            return null;
        }

        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var item in frame.Items)
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            names.Add(equals < 0 ? item : item[..equals]);
            if (equals >= 0)
            {
                settings[item[..equals]] = DeclaredVariables.Mask(item[..equals], item[(equals + 1)..]);
            }
        }

        return new EnvironmentFacts([.. names.Distinct().Order(StringComparer.Ordinal)], settings);
    }
}
