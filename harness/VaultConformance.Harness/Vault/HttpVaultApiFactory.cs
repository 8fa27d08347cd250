using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Harness.Vault;

/// <summary>Makes built-in clients.</summary>
public sealed class HttpVaultApiFactory : IVaultApiFactory
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public string ClientName => "built-in HTTP client";

    /// <inheritdoc />
    public IVaultApi Create(VaultEndpoint endpoint) => new HttpVaultApi(endpoint, CreateClient(endpoint, CallLimit));

    /// <summary>An HTTP client that reaches exactly this server. Redirects to other servers are not followed.</summary>
    /// <param name="endpoint">The server.</param>
    /// <param name="limit">Time limit of one call.</param>
    internal static HttpClient CreateClient(VaultEndpoint endpoint, TimeSpan limit) =>
        new(CreateHandler(endpoint)) { BaseAddress = endpoint.Address, Timeout = limit };

    /// <summary>The handler of such a client.</summary>
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
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                endpoint.Trust?.Accepts(certificate as X509Certificate2, chain, errors) == true,
        },
    };
}
