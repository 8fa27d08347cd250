using VaultConformance.Harness.Vault;
#if VAULTSHARP
using VaultConformance.Harness.Vault.VaultSharp;
#endif

namespace VaultConformance.Harness.Tests.Vault;

/// <summary>Every client that this build has. All are held to the same contract.</summary>
internal static class VaultClients
{
    private const string BuiltIn = "built-in";
    private const string Sharp = "VaultSharp";

    public static IEnumerable<string> Names =>
#if VAULTSHARP
        [BuiltIn, Sharp];
#else
        [BuiltIn];
#endif

    public static IVaultApiFactory Factory(string name, TimeSpan limit) => name switch
    {
        BuiltIn => new HttpVaultApiFactory(limit),
#if VAULTSHARP
        Sharp => new VaultSharpApiFactory(limit),
#endif
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"This build has no client {Sharp}."),
    };
}
