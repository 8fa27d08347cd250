using System.Net.Security;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Cipher suites by what is weak about them.</summary>
internal static class CipherSuiteLists
{
    /// <summary>Families that no server may select, by name (control TLS-2).</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<TlsCipherSuite>> Weak { get; } = new Dictionary<string, IReadOnlyList<TlsCipherSuite>>
    {
        ["RSA key exchange"] =
        [
            TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256,
            TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA, TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
        ],
        ["3DES"] =
        [
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA, TlsCipherSuite.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA,
            TlsCipherSuite.TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA, TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA,
        ],
        ["RC4"] =
        [
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA, TlsCipherSuite.TLS_ECDHE_RSA_WITH_RC4_128_SHA,
            TlsCipherSuite.TLS_RSA_WITH_RC4_128_SHA, TlsCipherSuite.TLS_RSA_WITH_RC4_128_MD5,
        ],
        ["CBC-SHA1"] =
        [
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
            TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
        ],
        ["NULL"] =
        [
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_NULL_SHA, TlsCipherSuite.TLS_ECDHE_RSA_WITH_NULL_SHA,
            TlsCipherSuite.TLS_RSA_WITH_NULL_SHA256, TlsCipherSuite.TLS_RSA_WITH_NULL_SHA, TlsCipherSuite.TLS_RSA_WITH_NULL_MD5,
        ],
        ["EXPORT"] =
        [
            TlsCipherSuite.TLS_RSA_EXPORT_WITH_RC4_40_MD5, TlsCipherSuite.TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5,
            TlsCipherSuite.TLS_RSA_EXPORT_WITH_DES40_CBC_SHA, TlsCipherSuite.TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA,
        ],
        ["anonymous"] =
        [
            TlsCipherSuite.TLS_ECDH_anon_WITH_AES_256_CBC_SHA, TlsCipherSuite.TLS_ECDH_anon_WITH_AES_128_CBC_SHA,
            TlsCipherSuite.TLS_DH_anon_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_DH_anon_WITH_AES_128_CBC_SHA,
        ],
    };

    /// <summary>True when a suite belongs to a weak family.</summary>
    /// <param name="family">Name of the family.</param>
    /// <param name="suite">IANA name; null when none was selected.</param>
    public static bool Holds(string family, string? suite) => Weak[family].Any(candidate => candidate.ToString() == suite);

    /// <summary>What clients of every age up to TLS 1.2 offered, together.</summary>
    public static IReadOnlyList<TlsCipherSuite> Legacy { get; } =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        .. Weak["CBC-SHA1"], .. Weak["RSA key exchange"], .. Weak["3DES"], .. Weak["RC4"],
    ];
}
