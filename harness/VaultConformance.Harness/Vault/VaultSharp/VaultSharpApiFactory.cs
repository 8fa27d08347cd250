using VaultConformance.Harness.Secrets;
using VaultSharp;
using VaultSharp.V1.AuthMethods;
using VaultSharp.V1.AuthMethods.Token;

namespace VaultConformance.Harness.Vault.VaultSharp;

/// <summary>Makes clients on VaultSharp; compiled in wherever the package feed offers it.</summary>
internal sealed class VaultSharpApiFactory : IVaultApiFactory
{
    private readonly TimeSpan _limit;

    /// <summary>Creates the factory.</summary>
    public VaultSharpApiFactory()
        : this(VaultCalls.DefaultLimit)
    {
    }

    /// <summary>Creates a factory of clients with another time limit.</summary>
    /// <param name="limit">Time limit of one call.</param>
    internal VaultSharpApiFactory(TimeSpan limit) => _limit = limit;

    /// <inheritdoc />
    public string ClientName => $"VaultSharp {typeof(VaultClient).Assembly.GetName().Version}";

    /// <inheritdoc />
    public IVaultApi Create(VaultEndpoint endpoint)
    {
        var handler = HttpVaultApiFactory.CreateHandler(endpoint);
        return new VaultSharpApi(
            new VaultCalls(endpoint.Server, _limit), new HttpVaultApiFactory(_limit).Create(endpoint), handler, Client);

        VaultClient Client(SecretText? token, CancellationToken cancellationToken)
        {
            IAuthMethodInfo? authentication = token is null ? null : new TokenAuthMethodInfo(token.Reveal());
            return new VaultClient(new VaultClientSettings(endpoint.Address.ToString(), authentication)
            {
                UseVaultTokenHeaderInsteadOfAuthorizationHeader = true,
                MyHttpClientProviderFunc =
                    _ => HttpVaultApiFactory.CreateClient(endpoint, new TokenHandler(handler, cancellationToken), ownsHandler: false),
            });
        }
    }
}
