using VaultConformance.Harness.Products;

namespace VaultConformance.Controls.Framework;

/// <summary>Places in the values of the chart that decide several controls.</summary>
internal static class ChartValues
{
    /// <summary>Security context of the containers; when given, it replaces the chart's whole block.</summary>
    public const string ContextOfContainer = "server.statefulSet.securityContext.container";

    /// <summary>Security context of the pod; when given, it replaces the chart's whole block.</summary>
    public const string ContextOfPod = "server.statefulSet.securityContext.pod";

    /// <summary>Configuration of a single server.</summary>
    public const string Standalone = "server.standalone.config";

    /// <summary>Configuration of servers with integrated storage.</summary>
    public const string Raft = "server.ha.raft.config";

    /// <summary>Configuration of servers with another storage.</summary>
    public const string Ha = "server.ha.config";

    /// <summary>Environment of the server.</summary>
    public const string Variables = "server.extraEnvironmentVars";

    /// <summary>
    /// A variable in it that each product calls by a name of its own, without the product's prefix: <c>DISABLE_MLOCK</c> behind it.
    /// </summary>
    public const string ProductVariable = Variables + ".{product}_";

    /// <summary>Memory and CPU of the server.</summary>
    public const string Resources = "server.resources";

    /// <summary>Keys as they stand in values: a variable of the product is one of each product.</summary>
    /// <param name="keys">Keys as in an attribute.</param>
    public static IReadOnlyList<string> Resolve(IEnumerable<string> keys) =>
    [
        .. keys.SelectMany(key => key.StartsWith(ProductVariable, StringComparison.Ordinal)
            ? ServerProduct.ListVariables(key[ProductVariable.Length..]).Select(name => $"{Variables}.{name}")
            : [key]),
    ];
}
