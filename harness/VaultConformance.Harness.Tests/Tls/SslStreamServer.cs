using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Tls;

/// <summary>A TLS listener on the platform's own stack, with a certificate of a test authority.</summary>
internal sealed class SslStreamServer : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly X509Certificate2 _leaf;

    private SslStreamServer(ServerCertificate certificate, SslProtocols protocols, bool clientCertificateRequired)
    {
        Certificate = certificate;
        _leaf = X509Certificate2.CreateFromPem(certificate.CertificateChain, certificate.PrivateKey);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate.CertificateChain);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(_leaf, chain, offline: true),
            EnabledSslProtocols = protocols,
            ClientCertificateRequired = clientCertificateRequired,
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
        };
        _server = new TestServer((socket, cancellationToken) => AnswerAsync(socket, options, cancellationToken));
    }

    public ServerCertificate Certificate { get; }

    public int Connections => _server.Connections;

    public static SslStreamServer Start(SslProtocols protocols, CertificateRecipe? recipe = null, bool clientCertificateRequired = false)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        var names = CertificateNames.CreateForRelease("vault", "vault", replicas: 1);
        return new SslStreamServer(authority.Issue(recipe ?? CertificateRecipe.Good, names), protocols, clientCertificateRequired);
    }

    public Task<Stream> ConnectAsync(CancellationToken cancellationToken) => _server.ConnectAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _leaf.Dispose();
    }

    private static async Task AnswerAsync(Socket socket, SslServerAuthenticationOptions options, CancellationToken cancellationToken)
    {
        await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await stream.AuthenticateAsServerAsync(options, cancellationToken);
        await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken);
    }
}
