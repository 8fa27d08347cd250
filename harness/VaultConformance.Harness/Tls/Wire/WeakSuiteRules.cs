namespace VaultConformance.Harness.Tls.Wire;

/// <summary>
/// What is weak about a cipher suite of TLS 1.2 and older, by the words of its name. The rules are a closed world: a suite is good only
/// when it agrees on keys anew for each connection over an elliptic curve, signs with the certificate, and encrypts with AES-GCM, AES-CCM
/// or ChaCha20.
/// </summary>
internal static class WeakSuiteRules
{
    private static readonly string[] GoodExchanges = ["ECDHE_ECDSA", "ECDHE_RSA"];
    private static readonly string[] GoodCiphers = ["AES_128_GCM", "AES_256_GCM", "AES_128_CCM", "AES_256_CCM", "CHACHA20_POLY1305"];

    // In the order in which a suite with several weaknesses is named after the worst.
    private static readonly (string Family, Func<SuiteName, bool> Holds)[] Rules =
    [
        ("NULL", suite => suite.Cipher.StartsWith("NULL", StringComparison.Ordinal) || suite.Exchange == "NULL"),
        ("EXPORT", suite => suite.Exchange.Contains("EXPORT", StringComparison.Ordinal)
            || suite.Cipher.Contains("_40_", StringComparison.Ordinal)
            || suite.Cipher.Contains("DES40", StringComparison.Ordinal)),
        ("anonymous", suite => suite.Exchange.EndsWith("anon", StringComparison.OrdinalIgnoreCase)),
        (
            "DES and RC2",
            suite => suite.Cipher.StartsWith("DES_", StringComparison.Ordinal) || suite.Cipher.StartsWith("RC2", StringComparison.Ordinal)),
        ("3DES", suite => suite.Cipher.StartsWith("3DES", StringComparison.Ordinal)),
        ("RC4", suite => suite.Cipher.StartsWith("RC4", StringComparison.Ordinal)),
        ("RSA key exchange", suite => suite.Exchange is "RSA" or "RSA_FIPS"),
        ("shared keys", suite => suite.Exchange.Contains("PSK", StringComparison.Ordinal)
            || suite.Exchange.StartsWith("SRP", StringComparison.Ordinal)
            || suite.Exchange.StartsWith("ECCPWD", StringComparison.Ordinal)),
        ("Kerberos", suite => suite.Exchange.StartsWith("KRB5", StringComparison.Ordinal)),
        ("static Diffie-Hellman", suite =>
            suite.Exchange.StartsWith("DH_", StringComparison.Ordinal) || suite.Exchange.StartsWith("ECDH_", StringComparison.Ordinal)),
        ("CBC-SHA1", suite =>
            suite.Cipher.EndsWith("CBC_SHA", StringComparison.Ordinal) && suite.Cipher.StartsWith("AES", StringComparison.Ordinal)),
        ("finite-field Diffie-Hellman", suite => suite.Exchange.StartsWith("DHE_", StringComparison.Ordinal) && suite.HasGoodCipher),
        (
            "CBC",
            suite => suite.Cipher.Contains("AES_", StringComparison.Ordinal) && suite.Cipher.Contains("_CBC_", StringComparison.Ordinal)),
        ("uncommon ciphers", suite => !suite.HasGoodCipher || !GoodExchanges.Contains(suite.Exchange)),
    ];

    /// <summary>Names of the families.</summary>
    public static IReadOnlyList<string> Families { get; } = [.. Rules.Select(rule => rule.Family)];

    /// <summary>The family of a suite; null for a good one.</summary>
    /// <param name="name">IANA name.</param>
    public static string? FindFamily(string name)
    {
        var suite = SuiteName.Parse(name);
        return Array.Find(Rules, rule => rule.Holds(suite)).Family;
    }

    private sealed record SuiteName(string Exchange, string Cipher)
    {
        public bool HasGoodCipher =>
            GoodCiphers.Any(good => Cipher == good
                || (Cipher.StartsWith(good + "_", StringComparison.Ordinal) && !Cipher.StartsWith(good + "_8", StringComparison.Ordinal)));

        /// <summary>
        /// Between the first word and WITH stands the key exchange, behind it the cipher. A name of another form is nothing good.
        /// </summary>
        public static SuiteName Parse(string name)
        {
            const string With = "_WITH_";
            var at = name.IndexOf(With, StringComparison.Ordinal);
            var first = name.IndexOf('_', StringComparison.Ordinal);
            return at > first && first > 0 ? new SuiteName(name[(first + 1)..at], name[(at + With.Length)..]) : new SuiteName(name, name);
        }
    }
}
