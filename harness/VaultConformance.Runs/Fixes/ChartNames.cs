namespace VaultConformance.Runs.Fixes;

/// <summary>Names that the chart and the image give: of the server's container, of folders, of variables.</summary>
internal static class ChartNames
{
    /// <summary>The server's container.</summary>
    public const string Container = "vault";

    /// <summary>Where the chart mounts what is in <c>server.extraVolumes</c>, unless the values say otherwise.</summary>
    public const string UserConfig = "/vault/userconfig";

    /// <summary>Where the chart mounts the server's data, unless the values say otherwise.</summary>
    public const string Data = "/vault/data";

    /// <summary>Where the chart mounts the audit log, unless the values say otherwise.</summary>
    public const string Audit = "/vault/audit";

    /// <summary>Home of the server's user.</summary>
    public const string Home = "/home/vault";

    /// <summary>Variable that names the file of authorities for clients in the pod.</summary>
    public const string AuthorityVariable = "VAULT_CACERT";

    /// <summary>Variables that name the certificate of clients in the pod, for messages.</summary>
    public const string ClientVariables = "VAULT_CLIENT_CERT and VAULT_CLIENT_KEY";

    private static readonly string[] Products = ["VAULT", "BAO"];

    /// <summary>Folders that the image declares as volumes.</summary>
    public static IReadOnlyList<string> OfImage { get; } = ["/vault/file", "/vault/logs"];

    /// <summary>What else the chart mounts.</summary>
    public static IReadOnlyList<string> Mounted { get; } = ["/vault/config", Home, "/vault/license"];

    /// <summary>Variables that a product reads under its own name.</summary>
    /// <param name="name">The name without the product's.</param>
    public static IEnumerable<string> ListVariables(string name) => Products.Select(product => $"{product}_{name}");

    /// <summary>True when a variable has such a name, in the capitals in which the chart writes it.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="names">Names without the product's.</param>
    public static bool IsVariable(string variable, params IEnumerable<string> names) =>
        names.SelectMany(ListVariables).Contains(variable.Replace('.', '_').ToUpperInvariant());
}
