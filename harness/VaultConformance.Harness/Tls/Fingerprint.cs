using System.Security.Cryptography;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls;

/// <summary>SHA-256 of a certificate, lower-case hexadecimal, as evidence holds it.</summary>
internal static class Fingerprint
{
    /// <summary>Of a certificate.</summary>
    /// <param name="der">DER in Base64, as in <see cref="TlsHandshake.Chain"/>.</param>
    public static string Compute(string der) => Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(der)));

    /// <summary>Of the leaf that a handshake brought; null when it brought none.</summary>
    /// <param name="handshake">The handshake.</param>
    public static string? ComputeOfLeaf(TlsHandshake handshake) => handshake.Chain.Count > 0 ? Compute(handshake.Chain[0]) : null;
}
