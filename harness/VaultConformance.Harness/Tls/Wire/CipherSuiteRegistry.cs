using System.Net.Security;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>
/// Every cipher suite that a server of SSL 3.0 to TLS 1.2 may know: the registry "TLS Cipher Suites" of IANA, as .NET names it, what was
/// registered since, and what implementations had without registering it.
/// </summary>
internal static class CipherSuiteRegistry
{
    private const int Tls13 = 0x1300;
    private const int LastOfTls13 = 0x13FF;

    // RFC 9189 (GOST, for TLS 1.2), the drafts "56-bit Export Cipher Suites" and "GOST 28147-89 Cipher Suites", SSL 3.0 (Fortezza),
    // Netscape's FIPS suites, and ChaCha20 as browsers had it before RFC 7905.
    private static readonly Dictionary<ushort, string> Added = new()
    {
        [0xC100] = "TLS_GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC",
        [0xC101] = "TLS_GOSTR341112_256_WITH_MAGMA_CTR_OMAC",
        [0xC102] = "TLS_GOSTR341112_256_WITH_28147_CNT_IMIT",
        [0xFF85] = "TLS_GOSTR341112_256_WITH_28147_CNT_IMIT_DRAFT",
        [0xFF87] = "TLS_GOSTR341112_256_WITH_NULL_GOSTR3411",
        [0x0080] = "TLS_GOSTR341094_WITH_28147_CNT_IMIT",
        [0x0081] = "TLS_GOSTR341001_WITH_28147_CNT_IMIT",
        [0x0082] = "TLS_GOSTR341094_WITH_NULL_GOSTR3411",
        [0x0083] = "TLS_GOSTR341001_WITH_NULL_GOSTR3411",
        [0x0060] = "TLS_RSA_EXPORT1024_WITH_RC4_56_MD5",
        [0x0061] = "TLS_RSA_EXPORT1024_WITH_RC2_CBC_56_MD5",
        [0x0062] = "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA",
        [0x0063] = "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA",
        [0x0064] = "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA",
        [0x0065] = "TLS_DHE_DSS_EXPORT1024_WITH_RC4_56_SHA",
        [0x0066] = "TLS_DHE_DSS_WITH_RC4_128_SHA",
        [0x001C] = "SSL_FORTEZZA_KEA_WITH_NULL_SHA",
        [0x001D] = "SSL_FORTEZZA_KEA_WITH_FORTEZZA_CBC_SHA",
        [0xFEFE] = "SSL_RSA_FIPS_WITH_DES_CBC_SHA",
        [0xFEFF] = "SSL_RSA_FIPS_WITH_3DES_EDE_CBC_SHA",
        [0xFFE0] = "NETSCAPE_RSA_FIPS_WITH_3DES_EDE_CBC_SHA",
        [0xFFE1] = "NETSCAPE_RSA_FIPS_WITH_DES_CBC_SHA",
        [0xCC13] = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_DRAFT",
        [0xCC14] = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_DRAFT",
        [0xCC15] = "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_DRAFT",
    };

    /// <summary>All of them, the good ones first, so that a server that prefers the client's order shows its best.</summary>
    public static IReadOnlyList<TlsCipherSuite> All { get; } =
    [
        .. Enum.GetValues<TlsCipherSuite>()
            .Where(suite => (int)suite is < Tls13 or > LastOfTls13 && suite != TlsCipherSuite.TLS_NULL_WITH_NULL_NULL)
            .Concat(Added.Keys.Select(code => (TlsCipherSuite)code)).Distinct()
            .OrderByDescending(suite => WeakSuiteRules.FindFamily(GetName(suite)) is null).ThenBy(suite => suite),
    ];

    /// <summary>Name of a suite; its number when nobody named it.</summary>
    /// <param name="suite">The suite.</param>
    public static string GetName(TlsCipherSuite suite) =>
        Enum.IsDefined(suite) ? suite.ToString() : Added.GetValueOrDefault((ushort)suite, $"0x{(int)suite:X4}");
}
