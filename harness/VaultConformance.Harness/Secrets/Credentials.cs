using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Decides what is a credential. What is masked in evidence, diagnostics and values, and what is judged as a secret in clear text, is
/// decided here and nowhere else, so that both always agree.
/// </summary>
internal static class Credentials
{
    /// <summary>What stands in place of a credential. In evidence it means that a literal was written there.</summary>
    public const string Masked = "***";

    /// <summary>What stands in place of a value of which neither name nor shape tells whether it is a credential.</summary>
    public const string Unclear = "***unclear***";

    // A policy names paths of tokens and passwords, and what may be done there.
    private const string PolicyBlock = "path";
    private static readonly IReadOnlyList<string> ConfigurationVariables = ServerProduct.ListVariables("LOCAL_CONFIG");
    private static readonly IReadOnlyList<string> DevelopmentTokens = ServerProduct.ListVariables("DEV_ROOT_TOKEN_ID");

    /// <summary>Whether the literal value of an attribute in a server configuration is a credential.</summary>
    /// <param name="path">Blocks around the attribute from the top, lower case or not; empty at the top level.</param>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="value">Its value as text.</param>
    public static CredentialTrace TraceInSetting(IReadOnlyList<string> path, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        if (HasNoSecret(name, value))
        {
            return CredentialTrace.None;
        }

        if (path.Count > 0 && path[0].Equals(PolicyBlock, StringComparison.OrdinalIgnoreCase))
        {
            return AreIn(value) ? CredentialTrace.Found : CredentialTrace.None;
        }

        if (UrlUsers.HasUser(value))
        {
            return CredentialTrace.Found;
        }

        if (path.Count == 0 || !HarmlessSettings.Closes(path[0]))
        {
            // A block that is called after a secret may describe one; then only what has no plain shape is one.
            var weight = FindHeaviest(path, name);
            return weight == SecretNames.Weigh(name) || !IsShapeless(value) ? TraceUnder(weight, name, value) : CredentialTrace.None;
        }

        return !HarmlessSettings.Know(path[0], name)
            && !path.Contains("custom_response_headers", StringComparer.OrdinalIgnoreCase)
            && (SecretNames.Weigh(name) >= NameWeight.Weak || !IsShapeless(value)) ? CredentialTrace.Found : CredentialTrace.None;
    }

    /// <summary>Whether the literal value of an environment variable, or of a key that becomes one, is a credential.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="value">Its value.</param>
    public static CredentialTrace TraceInVariable(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return HasNoSecret(name, value) || IsConfiguration(name) ? CredentialTrace.None
            : IsDevelopmentToken(name) || UrlUsers.HasUser(value) ? CredentialTrace.Found
            : TraceUnder(SecretNames.Weigh(name), name, value) is var trace and not CredentialTrace.None ? trace
            : !HasUnnamedSecret(name, value) ? CredentialTrace.None
            : SecretNames.GetLastWord(name) == "NAME" ? CredentialTrace.Unclear
            : CredentialTrace.Found;
    }

    /// <summary>
    /// Whether the value of an annotation or a label is a credential: of its own shape, or under a name that says so. Paths of secrets and
    /// checksums are none.
    /// </summary>
    /// <param name="key">Domain and name.</param>
    /// <param name="value">Its value.</param>
    public static CredentialTrace TraceInMetadata(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (Trace(SecretScanner.Mask(value)) is var trace and not CredentialTrace.None)
        {
            return trace;
        }

        // An annotation is named domain/name; who names it says nothing about what it holds, unless it is the checksum of something.
        var name = key[(key.LastIndexOf('/') + 1)..];
        var isPath = value.Contains('/', StringComparison.Ordinal)
            && !value.Contains("://", StringComparison.Ordinal)
            && !SecretValues.HasRandomPart(value);
        var isChecksum = key.Contains("checksum", StringComparison.OrdinalIgnoreCase) && SecretValues.IsDigest(value);
        return !isPath && !isChecksum && AreUsuallyIn(name) ? TraceInVariable(name, value) : CredentialTrace.None;
    }

    /// <summary>What was taken out of a text of evidence.</summary>
    /// <param name="text">The text.</param>
    public static CredentialTrace Trace(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !IsMasked(text) ? CredentialTrace.None
            : IsMasked(text.Replace(Unclear, string.Empty, StringComparison.Ordinal)) ? CredentialTrace.Found
            : CredentialTrace.Unclear;
    }

    /// <summary>What stands in place of a value.</summary>
    /// <param name="trace">What the value is.</param>
    /// <param name="otherwise">The text that stands there when it is not a credential.</param>
    public static string Mark(CredentialTrace trace, string otherwise) => trace switch
    {
        CredentialTrace.Found => Masked,
        CredentialTrace.Unclear => Trace(otherwise) == CredentialTrace.Found ? Masked : Unclear,
        _ => otherwise,
    };

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

    // A token may be one letter; a switch under its name is written out.
    private static bool HasNoSecret(string name, string value) => value is Masked or Unclear
        || (SecretValues.IsSwitch(value) && (value.Length != 1 || SecretNames.Weigh(name) < NameWeight.Strong)) || SecretValues.IsReference(
            value) || PublicTexts.Is(value);

    private static CredentialTrace TraceUnder(NameWeight weight, string name, string value) =>
        IsSecretUnder(weight, name, value) ? IsDoubtful(name, value) ? CredentialTrace.Unclear : CredentialTrace.Found
        : SecretNames.Refer(name) && !ReferringNames.Fit(name, value) ? CredentialTrace.Unclear
        : CredentialTrace.None;

    // What is about a password is a word or a number, and so may be a poor password. Tokens have no blanks, pass phrases have.
    private static bool IsDoubtful(string name, string value) =>
        SecretNames.IsOfPublicHalf(name)
            || (SecretValues.IsProse(value) && !IsPin(name) && SecretNames.Weigh(name) >= NameWeight.Strong)
            || (SecretNames.IsQualified(name) && (SecretValues.IsPlainWord(value) || SecretValues.IsQuantity(value)));

    private static bool IsDevelopmentToken(string name) => DevelopmentTokens.Contains(name);

    private static NameWeight FindHeaviest(IReadOnlyList<string> path, string name) =>
        (NameWeight)Math.Max(
            (int)SecretNames.Weigh(name), path.Any(block => SecretNames.Weigh(block) == NameWeight.Certain) ? (int)NameWeight.Strong : 0);

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
        name.EndsWith("pin", StringComparison.OrdinalIgnoreCase)
            || name.Contains("pass", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("pwd", StringComparison.OrdinalIgnoreCase);

    private static bool IsShapeless(string value) =>
        SecretValues.IsQuantity(value) || SecretValues.IsPlainWord(value) || SecretValues.IsPlainAddress(value);

    // Identifiers and digests are random too; their names say so.
    private static bool HasUnnamedSecret(string name, string value) =>
        !value.Any(char.IsWhiteSpace)
            && value.Length <= 512
            && !SecretValues.IsPlainAddress(value)
            && !IsIdentifier(name)
            && SecretValues.HasRandomPart(value)
            && !SecretScanner.Mask(value).Contains(Masked, StringComparison.Ordinal);

    private static bool IsIdentifier(string name) =>
        name.EndsWith("ID", StringComparison.OrdinalIgnoreCase) || name.EndsWith("VERSION", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("IMAGE", StringComparison.OrdinalIgnoreCase) || name.EndsWith("DIGEST", StringComparison.OrdinalIgnoreCase);
}
