using System.Text.Json.Nodes;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault;

/// <summary>
/// A server in development mode initialises itself in memory and takes its root token from its environment, where everybody can read it. It
/// is judged like any other: that nobody should run it is what the controls say.
/// </summary>
internal static class DevelopmentMode
{
    private static readonly IReadOnlyList<string> Variables = ServerProduct.ListVariables("DEV_ROOT_TOKEN_ID");

    /// <summary>The root token that a server container is given; null where it is not in development mode.</summary>
    /// <param name="container">The container as rendered.</param>
    public static SecretText? FindRootToken(JsonNode container) =>
        (container["env"] as JsonArray)?
            .Where(variable => variable?["name"]?.ToString() is { } name && Variables.Contains(name))
            .Select(variable => variable?["value"]?.ToString())
            .LastOrDefault() is { Length: > 0 } token
            ? new SecretText(token)
            : null;
}
