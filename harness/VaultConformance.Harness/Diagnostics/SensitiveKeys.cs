using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;

namespace VaultConformance.Harness.Diagnostics;

/// <summary>Which names in values files and Kubernetes objects suggest that a secret stands under them.</summary>
internal static class SensitiveKeys
{
    private static readonly string[] Words =
    [
        "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "PRIVATEKEY", "APIKEY", "ACCESSKEY", "SEALKEY", "RECOVERYKEY", "CLIENTKEY", "SIGNINGKEY", "ENCRYPTIONKEY", "LICENSE",
    ];

    private static readonly string[] Exact = ["PASS", "PWD", "PIN", "TLSKEY", "ROOTKEY", "AUTH"];

    // What says where a secret is, and not what it is.
    private static readonly string[] References = ["NAME", "KEY", "ENVNAME", "PATH", "MOUNTPATH", "OPTIONAL", "DEFAULTMODE", "MODE", "AUDIENCE", "EXPIRATIONSECONDS", "KIND", "TYPE", "NAMESPACE"];

    private static readonly string[] ReferenceEndings = ["NAME", "PATH", "FILE", "REF", "NAMESPACE", "CLASS"];

    /// <summary>True when a value under this name is likely a secret.</summary>
    /// <param name="name">A name in any style of writing.</param>
    public static bool Suggest(string name)
    {
        var plain = Plain(name);
        return Array.Exists(Words, word => plain.Contains(word, StringComparison.Ordinal))
            || Exact.Contains(plain)
            || (plain != "KEY" && SensitiveNames.Contains(name));
    }

    /// <summary>True when a name says where a secret is: name and key of a Secret, path of a mount.</summary>
    /// <param name="key">The name.</param>
    /// <param name="siblings">The mapping it is in: <c>secretKey</c> beside <c>secretName</c> is a key in that Secret, on its own it is a secret.</param>
    public static bool IsReference(string key, JsonObject siblings) => Plain(key) switch
    {
        "SECRETKEY" => siblings.ContainsKey("secretName"),
        var plain => References.Contains(plain) || Array.Exists(ReferenceEndings, ending => plain.EndsWith(ending, StringComparison.Ordinal)),
    };

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
