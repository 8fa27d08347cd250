using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Reporting.Tests.Attestation;

/// <summary>Keys that exist for one test only.</summary>
internal static class Keys
{
    public static KeyText Text(string pem) => new(pem, "--key 'signing.pem'");

    public static SigningKey New() => SigningKey.Parse(Text(Pkcs8(ECCurve.NamedCurves.nistP256)));

    public static string Pkcs8(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportPkcs8PrivateKeyPem();
    }

    public static string Sec1(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportECPrivateKeyPem();
    }

    public static string Public(string privatePem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(privatePem);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    public static string Encrypted()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
    }

    public static string Certificate(string privatePem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(privatePem);
        using var certificate = new CertificateRequest("CN=signer", key, HashAlgorithmName.SHA256).CreateSelfSigned(SampleReports.Start, SampleReports.Start.AddDays(1));
        return certificate.ExportCertificatePem();
    }
}
