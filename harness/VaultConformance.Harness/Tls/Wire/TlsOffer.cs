using System.Net.Security;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>What a hand-written ClientHello offers: one version and some cipher suites.</summary>
/// <param name="Version">The only version; up to TLS 1.2.</param>
/// <param name="Suites">Cipher suites, preferred first.</param>
/// <param name="ServerName">DNS name for SNI; null when the server is addressed by IP.</param>
internal sealed record TlsOffer(TlsVersion Version, IReadOnlyList<TlsCipherSuite> Suites, string? ServerName)
{
    /// <summary>The version as two bytes on the wire.</summary>
    public ushort WireVersion => TlsVersions.ToWire(Version);
}

/// <summary>Versions on the wire.</summary>
internal static class TlsVersions
{
    private const ushort Ssl30 = 0x0300;

    public static ushort ToWire(TlsVersion version) => (ushort)(Ssl30 + (int)version);

    public static string Describe(ushort wireVersion) => wireVersion switch
    {
        Ssl30 => "SSL 3.0",
        > Ssl30 and <= Ssl30 + (int)TlsVersion.Tls13 => $"TLS 1.{wireVersion - Ssl30 - 1}",
        _ => $"protocol version 0x{wireVersion:x4}",
    };

    public static string Describe(TlsVersion version) => Describe(ToWire(version));
}
