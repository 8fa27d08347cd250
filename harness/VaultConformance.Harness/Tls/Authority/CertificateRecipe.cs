using System.Text.Json.Serialization;

namespace VaultConformance.Harness.Tls.Authority;

/// <summary>How a server certificate is made. The defaults give a good one; a recipe file states only what it deviates in.</summary>
/// <remarks>
/// Files are read by <see cref="CertificateRecipeFile"/>; what every member means is in <c>fixtures/certificates/README.md</c>.
/// </remarks>
internal sealed record CertificateRecipe
{
    /// <summary>A certificate that every control accepts.</summary>
    public static CertificateRecipe Good { get; } = new() { Description = "A certificate that every control accepts." };

    /// <summary>What is special about the certificate, one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Kind and size of the server's key.</summary>
    public KeyKind Key { get; init; } = KeyKind.EcdsaP256;

    /// <summary>Hash of the issuer's signature.</summary>
    public SignatureHash Signature { get; init; } = SignatureHash.Sha256;

    /// <summary>Who signs.</summary>
    public CertificateIssuer Issuer { get; init; } = CertificateIssuer.Intermediate;

    /// <summary>Days between the start of validity and now; negative when it starts in the future.</summary>
    public double StartedDaysAgo { get; init; } = 1.0 / 24;

    /// <summary>Days from now until the certificate expires; negative when it has expired.</summary>
    public double ExpiresInDays { get; init; } = 90;

    /// <summary>Names of the release that are left out, exactly as they would be written.</summary>
    public IReadOnlyList<string> OmitNames { get; init; } = [];

    /// <summary>Names that are added, DNS names or IP addresses.</summary>
    public IReadOnlyList<string> ExtraNames { get; init; } = [];

    /// <summary>True makes the leaf itself a certificate authority.</summary>
    public bool CertificateAuthority { get; init; }

    public IReadOnlyList<ExtendedUsage> ExtendedKeyUsages { get; init; } = [ExtendedUsage.ServerAuth, ExtendedUsage.ClientAuth];

    /// <summary>False leaves the intermediate out of what the server presents.</summary>
    public bool PresentIntermediate { get; init; } = true;
}

/// <summary>Kind and size of a key.</summary>
internal enum KeyKind
{
    /// <summary>ECDSA on P-256.</summary>
    [JsonStringEnumMemberName("ecdsa-p256")]
    EcdsaP256,

    /// <summary>RSA with 2048 bits.</summary>
    [JsonStringEnumMemberName("rsa-2048")]
    Rsa2048,

    /// <summary>RSA with 1024 bits: too weak.</summary>
    [JsonStringEnumMemberName("rsa-1024")]
    Rsa1024,
}

/// <summary>Hash of a signature.</summary>
internal enum SignatureHash
{
    /// <summary>SHA-256.</summary>
    [JsonStringEnumMemberName("sha-256")]
    Sha256,

    /// <summary>SHA-1: broken.</summary>
    [JsonStringEnumMemberName("sha-1")]
    Sha1,
}

/// <summary>Who signs a server certificate.</summary>
internal enum CertificateIssuer
{
    /// <summary>The intermediate authority.</summary>
    [JsonStringEnumMemberName("intermediate")]
    Intermediate,

    /// <summary>The certificate itself.</summary>
    [JsonStringEnumMemberName("self")]
    Self,
}

/// <summary>An extended key usage.</summary>
internal enum ExtendedUsage
{
    /// <summary>TLS server.</summary>
    [JsonStringEnumMemberName("serverAuth")]
    ServerAuth,

    /// <summary>TLS client.</summary>
    [JsonStringEnumMemberName("clientAuth")]
    ClientAuth,
}
