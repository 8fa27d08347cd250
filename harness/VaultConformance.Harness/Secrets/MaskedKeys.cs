using System.Text.RegularExpressions;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Secrets;

/// <summary>What a credential in clear text is.</summary>
internal enum KeyTrace
{
    /// <summary>There is none, or its name says that it is something else.</summary>
    None,

    /// <summary>There is one, and nothing says what it is.</summary>
    Unclear,

    /// <summary>An unseal key, a recovery key or a token that may be the root token.</summary>
    Found,
}

/// <summary>
/// Tells unseal keys, recovery keys and Vault tokens from other credentials by what stands before them. Evidence keeps the words around a
/// credential and masks only itself; text as it was written is masked here first, by the same code.
/// </summary>
internal static partial class MaskedKeys
{
    private const int LongestContext = 160;

    /// <summary>What stands in the words of a command.</summary>
    /// <param name="words">Command and arguments, each as it was written or as evidence keeps it.</param>
    public static KeyTrace FindInCommand(IReadOnlyList<string> words) => FindInMasked(string.Join(' ', SecretScanner.Mask(words)));

    /// <summary>What a literal variable holds.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static KeyTrace FindInVariable(string name, string value)
    {
        if (KeyShares.AreIn(string.Empty, [KeyValuePair.Create(name, value)]))
        {
            return KeyTrace.Found;
        }

        var masked = DeclaredVariables.Mask(name, value);
        return !Credentials.IsMasked(masked) ? KeyTrace.None
            : masked == Credentials.Unclear ? (KeyTrace)Math.Min((int)FindNamed(name), (int)KeyTrace.Unclear)
            : masked == Credentials.Masked ? FindNamed(name)
            : FindInMasked(masked);
    }

    /// <summary>
    /// What the literal variables of one container hold. Shares of a key that stand side by side are one, whatever their names are.
    /// </summary>
    /// <param name="variables">Names and values.</param>
    public static IReadOnlyList<KeyTrace> FindInVariables(IReadOnlyList<(string Name, string Value)> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var shares = variables.Count(variable => UnsealShares.IsOne(variable.Value));
        return [.. variables.Select(
            variable => shares > 1 && UnsealShares.IsOne(variable.Value) ? KeyTrace.Found : FindInVariable(variable.Name, variable.Value))];
    }

    /// <summary>True when a name says nothing of whose key or token it is: <c>KEY_1</c>, <c>TOKEN</c>.</summary>
    /// <param name="name">Name of a variable.</param>
    public static bool IsPlain(string name) => PlainName.IsMatch(name);

    private static KeyTrace FindInMasked(string text)
    {
        var worst = KeyTrace.None;
        for (var at = text.IndexOf(Credentials.Masked, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(Credentials.Masked, at + 3, StringComparison.Ordinal))
        {
            var trace = FindAt(text, at);
            if (text.AsSpan(at).StartsWith(Credentials.Unclear))
            {
                trace = trace == KeyTrace.None ? KeyTrace.None : KeyTrace.Unclear;
                at += Credentials.Unclear.Length - Credentials.Masked.Length;
            }

            worst = trace > worst ? trace : worst;
        }

        return worst;
    }

    private static KeyTrace FindAt(string text, int at)
    {
        var before = text[Math.Max(0, at - LongestContext)..at];
        var after = text.AsSpan(at + Credentials.Masked.Length);
        return after.StartsWith(" withheld:") ? KeyTrace.Unclear
            : UserBefore.IsMatch(before) && (after.StartsWith("@") || before.EndsWith("://", StringComparison.Ordinal)) ? KeyTrace.None
            : after is ['@', not ' ', ..] ? KeyTrace.None
            : PrintedName.IsMatch(before) ? KeyTrace.Found
            : NameBefore.Match(before) is { Success: true } assigned ? FindNamed(assigned.Groups["name"].Value, text)
            : FlagBefore.Match(before) is { Success: true } flag && SecretNames.Weigh(flag.Groups["name"].Value) != NameWeight.None
                ? FindNamed(flag.Groups["name"].Value, text)
            : OtherBefore.IsMatch(before) ? KeyTrace.None
            : BearerBefore.IsMatch(before) ? KeyTrace.Unclear
            : KeyTrace.Found;
    }

    // KEY=*** and U=*** say nothing by themselves; in a script that unseals they do.
    private static KeyTrace FindNamed(string name, string text) =>
        FindNamed(name) is KeyTrace.Unclear && AboutKeys.IsMatch(text) && (PlainName.IsMatch(name)
            || SecretNames.Weigh(name) == NameWeight.None
            || UnsealShares.Use(name, text)) ? KeyTrace.Found : FindNamed(name);

    private static KeyTrace FindNamed(string name) => NameOfKey.IsMatch(name) ? KeyTrace.Found
        : SecretNames.Weigh(name) == NameWeight.Certain || NameOfOther.IsMatch(name) ? KeyTrace.None
        : KeyTrace.Unclear;

    [GeneratedRegex(@"unseal|recovery[-_.]?(key|share)|seal[-_.]?keys?|root[-_.]?token|("
        + ServerProduct.Words
        + @")[-_.]?(token|keys?)|keys[-_.]?base64|^(recovery|root)[-_.]?\d*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NameOfKey { get; }

    [GeneratedRegex(
        @"pass|pwd|pin$|licen[cs]e|cookie|session|salt|dsn|private|user|^sig(nature)?$|amz|goog",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NameOfOther { get; }

    [GeneratedRegex(@"^(my[-_]?)?(key|share|token|secret|value|k|t)s?[-_]?\d*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainName { get; }

    [GeneratedRegex(
        @"\bunseal\b|operator (init|rekey|generate-root)|sys/(unseal|init|rekey|generate-root)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AboutKeys { get; }

    [GeneratedRegex(@"((unseal|recovery) key( \d{1,3})?|root token):\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PrintedName { get; }

    [GeneratedRegex(@"(?<name>[A-Za-z0-9_.\-]{1,64})[\s""'\\]{0,4}[=:][\s""'\\\[>]{0,12}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameBefore { get; }

    [GeneratedRegex(@"(^|\s)-{1,2}(?<name>[A-Za-z0-9_.\-]{1,64})[\s""']{1,4}$", RegexOptions.CultureInvariant)]
    private static partial Regex FlagBefore { get; }

    [GeneratedRegex(@"://[^\s/@""']{0,120}$", RegexOptions.CultureInvariant)]
    private static partial Regex UserBefore { get; }

    /// <summary>User and password of HTTP, and a secret that is part of an address.</summary>
    [GeneratedRegex(@"(\bBasic\s{1,8}|https?://[^\s""'<>]{1,120})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherBefore { get; }

    [GeneratedRegex(@"\bBearer\s{1,8}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BearerBefore { get; }
}
