using k8s.Models;

namespace VaultConformance.Harness.Products;

/// <summary>Private keys that the server's own client is told to show: <c>VAULT_CLIENT_KEY</c>.</summary>
internal static class ClientKeys
{
    private static readonly IReadOnlyList<string> Names = ServerProduct.ListVariables("CLIENT_KEY");

    /// <summary>Absolute paths in the literal variables of a container.</summary>
    /// <param name="container">A container as admitted.</param>
    public static IReadOnlyList<string> List(V1Container container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return [.. (container.Env ?? [])
            .Where(variable => Names.Contains(variable.Name) && variable.Value is ['/', ..])
            .Select(variable => variable.Value)
            .Distinct()];
    }
}
