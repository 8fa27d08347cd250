using System.Security.Cryptography;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Cli.Tests.Support;

/// <summary>A signer that exists for one test only.</summary>
internal sealed record KeyPair(string PrivatePem, string PublicPem)
{
    public static KeyPair New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new KeyPair(key.ExportPkcs8PrivateKeyPem(), key.ExportSubjectPublicKeyInfoPem());
    }

    public string Id
    {
        get
        {
            using var key = Signer();
            return key.KeyId;
        }
    }

    public SigningKey Signer() => SigningKey.Parse(new KeyText(PrivatePem, "test"));
}
