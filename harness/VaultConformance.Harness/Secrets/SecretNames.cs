using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// What names say about values: names of attributes, environment variables, keys of values files and ConfigMaps, annotations, and names
/// before <c>=</c> or <c>:</c> in text. One list for all of them, in any style of writing: <c>accountKey</c>, <c>ACCOUNT_KEY</c> and
/// <c>account-key</c> are one name.
/// </summary>
internal static class SecretNames
{
    /// <summary>The word for what opens something, and for the name of an entry.</summary>
    public const string KeyWord = "KEY";

    private static readonly string[] Certain =
    [
        "PASSWORD", "PASSWD", "PASSPHRASE", "SECRETKEY", "SECRETACCESSKEY", "ACCESSKEY", "ACCOUNTKEY", "STORAGEKEY", "CLIENTSECRET",
        "ROOTTOKEN", "CLIENTTOKEN",
        "APITOKEN", "AUTHTOKEN", "SECRETID", "UNSEALKEY", "RECOVERYKEY", "PRIVATEKEY", "APIKEY", "ENCRYPTIONKEY", "SIGNINGKEY", "MACKEY",
        "AUTHINFO", "ROOTTOKENID",
        "LICENSEKEY", "PASSCODE", "PASSWORT", "KENNWORT", .. ServerProduct.ListVariables("TOKEN", "LICENSE")
            .Select(name => name.Replace("_", string.Empty, StringComparison.Ordinal)),
    ];

    // Words that end like a name of a password and are none.
    private static readonly HashSet<string> Passages =
        ["BYPASS", "COMPASS", "ENCOMPASS", "SURPASS", "TRESPASS", "UNDERPASS", "OVERPASS", "NOPASS"];

    private static readonly HashSet<string> StrongWords =
    [
        "PASSWORDS", "PWD", "PW", "PIN", "TOKEN", "TOKENS", "SECRET", "SECRETS", "PAT", "JWT", "CREDENTIAL", "CREDENTIALS", "CREDS", "PSK",
        "BEARER",
    ];

    private static readonly string[] StrongEndings =
    [
        "TOKEN", "SECRET", "PWD", "BINDPASS", "DBPASS", "USERPASS", "BASICAUTH", "CREDENTIALS", "CURRENTKEY", "PREVIOUSKEY", "CLIENTKEY",
        "TLSKEY", "ROOTKEY", "MASTERKEY", "SEALKEY",
        "UNSEALSHARE", "UNSEALSHARES", "RECOVERYSHARE", "RECOVERYSHARES",
    ];

    private static readonly HashSet<string> WeakWords =
        ["KEY", "KEYS", "AUTH", "LICENSE", "LICENCE", "SHARE", "SHARES", "DSN", "COOKIE", "SALT", "PRIVATE"];

    // Every shell sets them.
    private static readonly string[] WorkingFolders = ["PWD", "OLDPWD"];

    // Last words that say where a secret is, how long it lives or of which kind it is.
    private static readonly HashSet<string> References =
    [
        "NAME", "NAMES", "PATH", "PATHS", "FILE", "FILES", "DIR", "DIRECTORY", "REF", "ID", "IDS", "TTL", "TYPE", "ADDR", "ADDRESS", "HOST",
        "PORT", "PROTO", "TCP", "MODE", "CLASS", "NAMESPACE", "URL",
        "URI", "ENDPOINT", "ENABLED", "DISABLED", "REGION", "RING", "VERSION", "LABEL", "LENGTH", "SIZE", "COUNT", "NUM", "INTERVAL",
        "PERIOD", "TIMEOUT", "EXPIRY", "ALGORITHM", "ALG", "FORMAT", "AUDIENCE",
        "ISSUER", "HEADER", "MOUNT", "ROLE", "PREFIX", "SUFFIX", "POLICY", "POLICIES", "METHOD", "SCHEME", "ENV", "SECONDS", "KIND",
        "OPTIONAL", "STORE", "ENGINE", "PROVIDER", "RENEWAL", "REVIEWER", "OPERATOR",
        "VERIFY", "CHECK", "CERT", "CERTS", "CERTIFICATE", "CA", "REVIEW", "MODIFIER", "SLOT", "SERVICE", "USER", "USERNAME", "EMAIL",
        "DEFAULT", "CACHE", "LIMIT", "REVOKE",
        "AGE", "MIN", "MAX", "DAYS", "HOURS", "MINUTES", "RETRIES", "ATTEMPTS", "THRESHOLD", "LIFETIME", "DURATION", "EXPIRATION", "GRACE",
        "RETENTION", "ROTATION", "HELPER", "MANAGER", "SOURCE",
        "BACKEND", "DRIVER", "PLUGIN", "SCOPE", "SCOPES", "CLAIM", "CLAIMS", "FIELD", "ATTRIBUTE", "PROPERTY", "STATUS", "ENCODING",
        "REQUIRED", "ALLOWED", "SHA", "DIGEST", "CHECKSUM", "FINGERPRINT",
        "THUMBPRINT", "NOTE", "NOTES", "COMMENT", "COMMENTS", "DESCRIPTION", "HINT", "HELP", "TITLE", "MESSAGE",
    ];

    // Of what a Secret has entries: the word KEY behind one of them names the entry.
    private static readonly HashSet<string> Entries =
        ["PASSWORD", "PASSWD", "PASSPHRASE", "PASS", "PWD", "TOKEN", "CREDENTIAL", "CREDENTIALS", "USERNAME", "PIN", "JWT"];


    /// <summary>How strongly a name says that its value is a secret.</summary>
    /// <param name="name">The name.</param>
    public static NameWeight Weigh(string name)
    {
        var words = SplitWords(name);
        if (words.Count == 0 || WorkingFolders.Contains(name))
        {
            return NameWeight.None;
        }

        return RefersTo(words) ? NameWeight.None : WeighWords(words);
    }

    /// <summary>
    /// True when the name speaks of a secret and is not its name: <c>TOKEN_FILE</c>, <c>PASSWORD_AGE</c>, <c>DB_PASSWORD_KEY</c>.
    /// </summary>
    /// <param name="name">The name.</param>
    public static bool Refer(string name) =>
        SplitWords(name) is { Count: > 1 } words && RefersTo(words) && WeighWords(words[..^1]) >= NameWeight.Strong;

    /// <summary>
    /// True when a word that nobody knows follows the secret's: <c>PASSWORD_COMPLEXITY</c>, <c>SECRET_KEY_BASE</c>. It may be about the
    /// secret or be it.
    /// </summary>
    /// <param name="name">The name.</param>
    public static bool IsQualified(string name) =>
        SplitWords(name) is { Count: > 1 } words && !RefersTo(words) && WeighWords(words) >= NameWeight.Strong && !IsAtEnd(words);

    /// <summary>True when the name is that of the public half of something.</summary>
    /// <param name="name">The name.</param>
    public static bool IsOfPublicHalf(string name) => SplitWords(name).Exists(word => word is "PUBLIC" or "PUB" or "PUBKEY" or "PUBLICKEY");

    /// <summary>The last word of a name in capital letters.</summary>
    /// <param name="name">The name.</param>
    public static string GetLastWord(string name) => SplitWords(name) is [.., var last] ? last : string.Empty;

    /// <summary>True when the name may be that of a Secret object: <c>VAULT_TLS_SECRET</c>.</summary>
    /// <param name="name">The name.</param>
    public static bool MayNameAnObject(string name) =>
        SplitWords(name) is [.., "SECRET" or "SECRETS"] words && !string.Concat(words).Contains("CLIENTSECRET", StringComparison.Ordinal);

    private static bool RefersTo(
        List<string> words) => IsEntry(words) || (References.Contains(words[^1]) && string.Concat(words) is var plain
        && !plain.EndsWith("ACCESSKEYID", StringComparison.Ordinal) && !plain.EndsWith(
            "SECRETID", StringComparison.Ordinal) && !plain.EndsWith("ROOTTOKENID", StringComparison.Ordinal));

    private static bool IsEntry(List<string> words) => words is [.., var before, KeyWord] && Entries.Contains(before);

    private static NameWeight WeighWords(List<string> words)
    {
        var plain = string.Concat(words);
        return Array.Exists(Certain, word => plain.Contains(word, StringComparison.Ordinal)) ? NameWeight.Certain
            : words.Exists(word => StrongWords.Contains(word) || IsPass(word))
                || Array.Exists(StrongEndings, ending => plain.EndsWith(ending, StringComparison.Ordinal)) ? NameWeight.Strong
            : WeakWords.Contains(words[^1]) ? NameWeight.Weak
            : NameWeight.None;
    }

    private static bool IsAtEnd(List<string> words) => string.Concat(words) is var plain
        && (StrongWords.Contains(words[^1]) || IsPass(words[^1]) || WeakWords.Contains(words[^1]) || plain.EndsWith(
            "ACCESSKEYID", StringComparison.Ordinal)
            || Array.Exists(Certain, word => plain.EndsWith(word, StringComparison.Ordinal))
            || Array.Exists(StrongEndings, ending => plain.EndsWith(ending, StringComparison.Ordinal)));

    // LDAPPASS, BINDPASS, SMTPPASS.
    private static bool IsPass(string word) => word.EndsWith("PASS", StringComparison.Ordinal) && !Passages.Contains(word);

    // Words end where the kind of letter changes from small to capital, and at everything that is not a letter or digit. Numbers at the end
    // only count.
    private static List<string> SplitWords(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var at = 0; at <= name.Length; at++)
        {
            var inside = at < name.Length && char.IsAsciiLetterOrDigit(name[at]);
            var begins = inside && start >= 0 && char.IsAsciiLetterUpper(name[at]) && char.IsAsciiLetterLower(name[at - 1]);
            if (start >= 0 && (!inside || begins))
            {
                words.Add(name[start..at].ToUpperInvariant().TrimEnd("0123456789".ToCharArray()));
                start = -1;
            }

            start = inside && start < 0 ? at : start;
        }

        words.RemoveAll(word => word.Length == 0);
        return words;
    }
}
