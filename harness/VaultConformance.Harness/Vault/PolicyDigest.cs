using System.Security.Cryptography;
using System.Text;

namespace VaultConformance.Harness.Vault;

/// <summary>What tells one text of a policy from another.</summary>
internal static class PolicyDigest
{
    /// <summary>SHA-256, hexadecimal.</summary>
    /// <param name="text">The text.</param>
    public static string Compute(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
