using VaultConformance.Reporting.Text;

namespace VaultConformance.Runs.Plan;

/// <summary>
/// Settings from <c>VAULT_CONFORMANCE_*</c> variables; several values are separated by <c>;</c>. An empty variable says nothing.
/// </summary>
/// <param name="variables">The environment.</param>
internal sealed class EnvironmentLayer(IReadOnlyDictionary<string, string> variables) : ISettingLayer
{
    /// <summary>Variables with the prefix that are no settings of a run.</summary>
    private static readonly string[] NoSettings =
    [
        "VAULT_CONFORMANCE_CACHE", "VAULT_CONFORMANCE_CHROMIUM", "VAULT_CONFORMANCE_DEBIAN_ARCHIVE", "VAULT_CONFORMANCE_EVIDENCE",
        "VAULT_CONFORMANCE_MATRIX_CHART",
        "VAULT_CONFORMANCE_TARGET",
    ];

    /// <inheritdoc />
    public SettingValue? Find(Setting setting)
    {
        if (variables.GetValueOrDefault(setting.Variable) is not { Length: > 0 } text)
        {
            return null;
        }

        string[] values = setting.Kind == SettingKind.Many
            ? text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [text];
        // Separators alone are no value, and no reason to take the default either.
        return new SettingValue(values.Length > 0 ? values : [string.Empty], setting.Variable);
    }

    /// <summary>Reports variables that look like settings and are none: a misspelt one must not be ignored in silence.</summary>
    /// <param name="problems">Receives the problems.</param>
    public void RefuseUnknown(PlanProblems problems)
    {
        List<string> known = [.. Settings.Known.Select(setting => setting.Variable), .. NoSettings];
        foreach (var name in variables.Keys.Where(IsOurs).Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            problems.Add(name, $"there is no such setting{Nearest.WriteHint(name, known)}");
        }
    }

    private static bool IsOurs(string name) => name.StartsWith(Setting.VariablePrefix, StringComparison.Ordinal);
}
