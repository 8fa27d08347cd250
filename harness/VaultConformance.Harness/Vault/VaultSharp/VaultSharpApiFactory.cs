using VaultSharp;
using VaultSharp.V1.AuthMethods;
using VaultSharp.V1.AuthMethods.Token;

namespace VaultConformance.Harness.Vault.VaultSharp;

/// <summary>Makes clients on VaultSharp; compiled in wherever the package feed offers it.</summary>
public sealed class VaultSharpApiFactory : IVaultApiFactory
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public string ClientName => $"VaultSharp {typeof(VaultClient).Assembly.GetName().Version}";

    /// <inheritdoc />
    public IVaultApi Create(VaultEndpoint endpoint) => new VaultSharpApi(endpoint, token => CreateClient(endpoint, token));

    private static VaultClient CreateClient(VaultEndpoint endpoint, SecretText? token)
    {
        IAuthMethodInfo? authentication = token is null ? null : new TokenAuthMethodInfo(token.Reveal());
        return new VaultClient(new VaultClientSettings(endpoint.Address.ToString(), authentication)
        {
            VaultServiceTimeout = CallLimit,
            MyHttpClientProviderFunc = _ => HttpVaultApiFactory.CreateClient(endpoint, CallLimit),
        });
    }
}
