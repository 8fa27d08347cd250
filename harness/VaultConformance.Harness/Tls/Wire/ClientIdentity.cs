using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Shows a client certificate in a handshake of the own TLS stack and signs with its key.</summary>
/// <param name="certificate">What is shown.</param>
internal sealed class ClientIdentity(ClientCertificate certificate)
{
    /// <summary>What answers a server's request.</summary>
    /// <param name="context">The handshake.</param>
    /// <param name="request">What the server asks for.</param>
    /// <returns>The credentials; null when the server takes no signature that the key can make.</returns>
    public TlsCredentials? Answer(TlsContext context, CertificateRequest request)
    {
        var crypto = (BcTlsCrypto)context.Crypto;
        var key = PrivateKeyFactory.CreateKey(certificate.Pkcs8);
        var algorithm = ListCandidates(key).FirstOrDefault(candidate => request.SupportedSignatureAlgorithms?.Contains(candidate) != false);
        return algorithm is null
            ? null
            : new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), crypto, key, ShowCertificate(context, crypto, request), algorithm);
    }

    private static SignatureAndHashAlgorithm[] ListCandidates(AsymmetricKeyParameter key) => key is ECPrivateKeyParameters curve
        ? [SignatureAndHashAlgorithm.GetInstance(HashOf(curve.Parameters.Curve.FieldSize), SignatureAlgorithm.ecdsa)]
        : [
            SignatureAndHashAlgorithm.rsa_pss_rsae_sha256,
            SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa)
        ];

    // In TLS 1.3 each curve goes with one hash.
    private static short HashOf(int fieldSize) => fieldSize switch
    {
        <= 256 => HashAlgorithm.sha256,
        <= 384 => HashAlgorithm.sha384,
        _ => HashAlgorithm.sha512,
    };

    private Certificate ShowCertificate(TlsContext context, BcTlsCrypto crypto, CertificateRequest request)
    {
        TlsCertificate[] chain = [.. certificate.Chain.Certificates.Select(der => new BcTlsCertificate(crypto, der))];
        return TlsUtilities.IsTlsV13(context)
            ? new Certificate(request.GetCertificateRequestContext(), [.. chain.Select(item => new CertificateEntry(item, null))])
            : new Certificate(chain);
    }
}
