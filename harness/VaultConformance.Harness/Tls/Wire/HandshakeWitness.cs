using System.Net.Security;
using System.Text;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>
/// A TLS client that offers one version, trusts everybody and remembers what it saw. Judging certificates is not its business.
/// </summary>
internal sealed class HandshakeWitness : DefaultTlsClient
{
    private readonly ProtocolVersion _version;
    private readonly string? _serverName;
    private readonly ClientCertificate? _client;
    private readonly OfferTrace _trace;

    public HandshakeWitness(TlsVersion version, string? serverName, ClientCertificate? client, OfferTrace trace)
        : base(new BcTlsCrypto(new SecureRandom()))
    {
        _version = version == TlsVersion.Tls13 ? ProtocolVersion.TLSv13 : ProtocolVersion.TLSv12;
        _serverName = serverName;
        _client = client;
        _trace = trace;
    }

    public bool Complete { get; private set; }

    public override TlsAuthentication GetAuthentication() =>
        new TrustEverybody(_trace, request => _client is null ? null : new ClientIdentity(_client).Answer(m_context, request));

    public override void NotifyServerVersion(ProtocolVersion serverVersion)
    {
        base.NotifyServerVersion(serverVersion);
        _trace.Version = (ushort)serverVersion.FullVersion;
    }

    public override void NotifySelectedCipherSuite(int selectedCipherSuite)
    {
        base.NotifySelectedCipherSuite(selectedCipherSuite);
        _trace.Suite = (TlsCipherSuite)selectedCipherSuite;
    }

    public override void NotifyAlertReceived(short alertLevel, short alertDescription)
    {
        if (alertLevel == AlertLevel.fatal)
        {
            _trace.Alert = AlertDescription.GetText(alertDescription);
        }
    }

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        Complete = true;
    }

    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    // SHA-1 too, so that a server with a weak certificate shows it instead of refusing the offer for want of a common algorithm.
    protected override IList<SignatureAndHashAlgorithm> GetSupportedSignatureAlgorithms() =>
    [
        .. base.GetSupportedSignatureAlgorithms(),
        SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha1, SignatureAlgorithm.ecdsa),
        SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha1, SignatureAlgorithm.rsa),
    ];

    protected override ProtocolVersion[] GetSupportedVersions() => _version.Only();

    protected override IList<ServerName>? GetSniServerNames() =>
        _serverName is null ? null : [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(_serverName))];

    private sealed class TrustEverybody(OfferTrace trace, Func<CertificateRequest, TlsCredentials?> answer) : TlsAuthentication
    {
        public void NotifyServerCertificate(TlsServerCertificate serverCertificate) =>
            trace.Chain = [.. serverCertificate.Certificate.GetCertificateList().Select(certificate => certificate.GetEncoded())];

        public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest)
        {
            trace.AsksForClientCertificate = true;
            return answer(certificateRequest);
        }
    }
}
