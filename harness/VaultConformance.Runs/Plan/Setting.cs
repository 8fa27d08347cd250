namespace VaultConformance.Runs.Plan;

/// <summary>
/// One thing that a user can decide about a run. It has the same name on the command line, in the environment and in the file.
/// </summary>
/// <param name="Name">For example <c>chart-version</c>.</param>
/// <param name="Kind">How many values it takes.</param>
/// <param name="Hint">What a value is, for the help; empty for a switch.</param>
/// <param name="Description">For the help.</param>
internal sealed record Setting(string Name, SettingKind Kind, string Hint, string Description)
{
    /// <summary>Prefix of all environment variables.</summary>
    public const string VariablePrefix = "VAULT_CONFORMANCE_";

    /// <summary>Short form on the command line, for example <c>-f</c>; null when there is none.</summary>
    public string? Short { get; init; }

    /// <summary>On the command line, for example <c>--chart-version</c>.</summary>
    public string Option => $"--{Name}";

    /// <summary>In the environment, for example <c>VAULT_CONFORMANCE_CHART_VERSION</c>.</summary>
    public string Variable => VariablePrefix + Name.Replace('-', '_').ToUpperInvariant();
}

/// <summary>How many values a <see cref="Setting"/> takes.</summary>
internal enum SettingKind
{
    /// <summary>On or off.</summary>
    Switch,

    /// <summary>One value.</summary>
    One,

    /// <summary>Any number of values, in order.</summary>
    Many,
}

/// <summary>What one layer says about a setting.</summary>
/// <param name="Values">The values; one <c>true</c> or <c>false</c> for a switch.</param>
/// <param name="Origin">Where they were given, for messages, for example <c>--chart</c> or <c>vault-conformance.yaml line 3</c>.</param>
internal sealed record SettingValue(IReadOnlyList<string> Values, string Origin);

/// <summary>One source of settings.</summary>
internal interface ISettingLayer
{
    /// <summary>What this layer says about a setting, or null when it says nothing.</summary>
    /// <param name="setting">The setting.</param>
    SettingValue? Find(Setting setting);
}
