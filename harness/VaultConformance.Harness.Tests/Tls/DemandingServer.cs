using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Tls;

/// <summary>A TLS listener that asks for client certificates and, where it demands them, takes those of one authority alone.</summary>
internal sealed class DemandingServer : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly X509Certificate2Collection _anchors = [];

    public DemandingServer(TestCertificateAuthority authority, SslProtocols protocols, bool demands = true)
    {
        var issued = authority.Issue(CertificateRecipe.Good, CertificateNames.CreateForRelease("vault", "vault", replicas: 1));
        _anchors.ImportFromPem(authority.RootPem);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(issued.CertificateChain);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(issued.CertificateChain, issued.PrivateKey), chain, offline: true),
            EnabledSslProtocols = protocols,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, presented, _) => !demands || Accepts(shown as X509Certificate2, presented),
        };
        _server = new TestServer((socket, cancellationToken) => AnswerAsync(socket, options, cancellationToken));
    }

    public Task<Stream> ConnectAsync(CancellationToken cancellationToken) => _server.ConnectAsync(cancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>As a Go server does: the chain is built with what the client sent, and must be made for clients.</summary>
    public static bool Accepts(X509Certificate2Collection anchors, X509Certificate2? shown, X509Chain? presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ExtraStore.AddRange(presented?.ChainPolicy.ExtraStore ?? []);
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.2"));
        return shown is not null && chain.Build(shown);
    }

    private bool Accepts(X509Certificate2? shown, X509Chain? presented) => Accepts(_anchors, shown, presented);

    private static async Task AnswerAsync(Socket socket, SslServerAuthenticationOptions options, CancellationToken cancellationToken)
    {
        await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await stream.AuthenticateAsServerAsync(options, cancellationToken);
        await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellationToken);
    }
}
