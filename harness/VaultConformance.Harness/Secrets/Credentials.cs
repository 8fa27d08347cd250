namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Decides what is a credential. What is masked in evidence, diagnostics and values, and what is judged as a secret in clear text, is decided here and
/// nowhere else, so that both always agree.
/// </summary>
public static class Credentials
{
    /// <summary>What stands in place of a credential. In evidence it means that a literal was written there.</summary>
    public const string Masked = "***";

    // A policy names paths of tokens and passwords, and what may be done there.
    private const string PolicyBlock = "path";
    private static readonly string[] ConfigurationVariables = ["VAULT_LOCAL_CONFIG", "BAO_LOCAL_CONFIG"];

    /// <summary>True when the literal value of an attribute in a server configuration is a credential.</summary>
    /// <param name="path">Blocks around the attribute from the top, lower case or not; empty at the top level.</param>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="value">Its value as text.</param>
    public static bool InSetting(IReadOnlyList<string> path, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        if (HasNoSecret(value))
        {
            return false;
        }

        if (path.Count > 0 && path[0].Equals(PolicyBlock, StringComparison.OrdinalIgnoreCase))
        {
            return AreIn(value);
        }

        if (path.Count == 0 || !HarmlessSettings.Closes(path[0]))
        {
            // A block that is called after a secret may describe one; then only what has no plain shape is one.
            var weight = Heaviest(path, name);
            return IsSecretUnder(weight, name, value) && (weight == SecretNames.Weigh(name) || !IsShapeless(value));
        }

        return !HarmlessSettings.Know(path[0], name)
            && !path.Contains("custom_response_headers", StringComparer.OrdinalIgnoreCase)
            && (SecretNames.Weigh(name) >= NameWeight.Weak || !IsShapeless(value));
    }

    /// <summary>True when the literal value of an environment variable, or of a key that becomes one, is a credential.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="value">Its value.</param>
    public static bool InVariable(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return !HasNoSecret(value) && !IsConfiguration(name) && (IsDevelopmentToken(name) || IsSecretUnder(SecretNames.Weigh(name), name, value) || HasUnnamedSecret(name, value));
    }

    /// <summary>True when the value of an annotation or a label is a credential: of its own shape, or under a name that says so. Paths of secrets are none.</summary>
    /// <param name="name">Name without its domain.</param>
    /// <param name="value">Its value.</param>
    public static bool InMetadata(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var isPath = value.Contains('/', StringComparison.Ordinal) && !value.Contains("://", StringComparison.Ordinal) && !SecretValues.HasRandomPart(value);
        return AreIn(value) || (!isPath && AreUsuallyIn(name) && InVariable(name, value));
    }

    /// <summary>True when free text holds a credential, or held one that was masked.</summary>
    /// <param name="text">Any text.</param>
    public static bool AreIn(string text) => IsMasked(SecretScanner.Mask(text));

    /// <summary>True when a credential was taken out of the text.</summary>
    /// <param name="text">A text of evidence.</param>
    public static bool IsMasked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains(Masked, StringComparison.Ordinal);
    }

    /// <summary>True when a variable of this name usually holds a secret, whatever its value is.</summary>
    /// <param name="name">Name of a variable.</param>
    public static bool AreUsuallyIn(string name) => IsDevelopmentToken(name) || SecretNames.Weigh(name) >= NameWeight.Strong;

    /// <summary>True for variables from which the image's start script makes a configuration file.</summary>
    /// <param name="name">Name of a variable.</param>
    public static bool IsConfiguration(string name) => ConfigurationVariables.Contains(name);

    private static bool HasNoSecret(string value) => value == Masked || SecretValues.IsSwitch(value) || SecretValues.IsReference(value);

    private static bool IsDevelopmentToken(string name) => name is "VAULT_DEV_ROOT_TOKEN_ID" or "BAO_DEV_ROOT_TOKEN_ID";

    private static NameWeight Heaviest(IReadOnlyList<string> path, string name) =>
        (NameWeight)Math.Max((int)SecretNames.Weigh(name), path.Any(block => SecretNames.Weigh(block) == NameWeight.Certain) ? (int)NameWeight.Strong : 0);

    private static bool IsSecretUnder(NameWeight weight, string name, string value) => weight switch
    {
        NameWeight.Certain => !(SecretNames.MayNameAnObject(name) && SecretValues.IsPlainWord(value)),
        NameWeight.Strong => !IsNameOfAnObject(name, value) && (!SecretValues.IsQuantity(value) || IsPin(name)),
        NameWeight.Weak => !IsShapeless(value),
        _ => false,
    };

    private static bool IsNameOfAnObject(string name, string value) =>
        SecretNames.MayNameAnObject(name) && value.Contains('-', StringComparison.Ordinal) && SecretValues.IsPlainWord(value);

    private static bool IsPin(string name) =>
        name.EndsWith("pin", StringComparison.OrdinalIgnoreCase) || name.Contains("pass", StringComparison.OrdinalIgnoreCase) || name.EndsWith("pwd", StringComparison.OrdinalIgnoreCase);

    private static bool IsShapeless(string value) => SecretValues.IsQuantity(value) || SecretValues.IsPlainWord(value) || SecretValues.IsPlainAddress(value);

    // Identifiers and digests are random too; their names say so.
    private static bool HasUnnamedSecret(string name, string value) =>
        !value.Any(char.IsWhiteSpace) && value.Length <= 512 && !SecretValues.IsPlainAddress(value) && !IsIdentifier(name) && SecretValues.HasRandomPart(value) && !SecretScanner.Mask(value).Contains(Masked, StringComparison.Ordinal);

    private static bool IsIdentifier(string name) => name.EndsWith("ID", StringComparison.OrdinalIgnoreCase) || name.EndsWith("VERSION", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("IMAGE", StringComparison.OrdinalIgnoreCase) || name.EndsWith("NAME", StringComparison.OrdinalIgnoreCase) || name.EndsWith("DIGEST", StringComparison.OrdinalIgnoreCase);
}
