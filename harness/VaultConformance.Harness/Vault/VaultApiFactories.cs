
namespace VaultConformance.Harness.Vault;

/// <summary>The client that this build uses; decided at build time by the property <c>UseVaultSharp</c>.</summary>
internal static class VaultApiFactories
{
    /// <summary>VaultSharp where the package feed offers it, else the built-in client.</summary>
    public static IVaultApiFactory Default { get; } =
#if VAULTSHARP
        new VaultSharp.VaultSharpApiFactory();
#else
        new HttpVaultApiFactory();
#endif
}
