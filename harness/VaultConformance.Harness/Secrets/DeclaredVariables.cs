namespace VaultConformance.Harness.Secrets;

/// <summary>Environment variables with a literal value, and entries of ConfigMaps, which may become variables.</summary>
internal static class DeclaredVariables
{
    private static readonly string[] ConfigurationEndings = [".hcl", ".json"];

    /// <summary>The value of a variable without credentials.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="value">Its literal value.</param>
    public static string Mask(string name, string value) =>
        Credentials.Mark(
            Credentials.TraceInVariable(name, value),
            Credentials.IsConfiguration(name) ? ConfigMasker.Mask(value) : SecretScanner.Mask(value));

    /// <summary>
    /// The value of a ConfigMap's entry without credentials: a configuration by its ending, one line as a variable, everything else as
    /// text.
    /// </summary>
    /// <param name="key">Key of the entry.</param>
    /// <param name="value">Its value.</param>
    public static string MaskEntry(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        return IsConfiguration(key) ? ConfigMasker.Mask(value)
            : value.AsSpan().TrimEnd("\r\n").Contains('\n') ? SecretScanner.Mask(value)
            : Mask(key, value.TrimEnd('\r', '\n'));
    }

    /// <summary>Whether a variable's value holds a credential, or held one that was masked.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="value">Its literal value.</param>
    public static CredentialTrace Judge(string name, string value) => Credentials.Trace(Mask(name, value));

    /// <summary>Whether an entry holds a credential, or held one that was masked.</summary>
    /// <param name="key">Key of the entry.</param>
    /// <param name="value">Its value.</param>
    public static CredentialTrace JudgeEntry(string key, string value) => Credentials.Trace(MaskEntry(key, value));

    /// <summary>True when an entry of this name is read as a server configuration.</summary>
    /// <param name="key">Key of the entry.</param>
    public static bool IsConfiguration(string key) =>
        Array.Exists(ConfigurationEndings, ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
