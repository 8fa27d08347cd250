using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Harness.Vault;

/// <summary>Makes built-in clients.</summary>
internal sealed class HttpVaultApiFactory : IVaultApiFactory
{
    /// <summary>Bytes of the largest answer that is read.</summary>
    internal const long LargestAnswer = 8 * 1024 * 1024;
    private readonly TimeSpan _limit;

    /// <summary>Creates the factory.</summary>
    public HttpVaultApiFactory()
        : this(VaultCalls.DefaultLimit)
    {
    }

    /// <summary>Creates a factory of clients with another time limit.</summary>
    /// <param name="limit">Time limit of one call.</param>
    internal HttpVaultApiFactory(TimeSpan limit) => _limit = limit;

    /// <inheritdoc />
    public string ClientName => "built-in HTTP client";

    /// <inheritdoc />
    public IVaultApi Create(VaultEndpoint endpoint) =>
        new HttpVaultApi(new VaultCalls(endpoint.Server, _limit), CreateClient(endpoint, CreateHandler(endpoint), ownsHandler: true));

    /// <summary>An HTTP client that reaches exactly this server.</summary>
    /// <param name="endpoint">The server.</param>
    /// <param name="handler">Sends the requests.</param>
    /// <param name="ownsHandler">True when disposing the client disposes the handler.</param>
    internal static HttpClient CreateClient(VaultEndpoint endpoint, HttpMessageHandler handler, bool ownsHandler) =>
        new(handler, ownsHandler)
        {
            BaseAddress = endpoint.Address,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };

    /// <summary>The handler of such a client. Redirects to other servers are not followed.</summary>
    /// <param name="endpoint">The server.</param>
    internal static SocketsHttpHandler CreateHandler(VaultEndpoint endpoint) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromSeconds(30),
        ConnectCallback = async (_, token) => await endpoint.Connect(token),
        SslOptions = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.Address.Host,
            ClientCertificateContext = endpoint.Trust is null ? null : endpoint.Client?.Context,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                endpoint.Trust?.Accepts(certificate as X509Certificate2, chain, errors) == true,
        },
    };
}
