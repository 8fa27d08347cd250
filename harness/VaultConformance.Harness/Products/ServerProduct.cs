using k8s.Models;

namespace VaultConformance.Harness.Products;

/// <summary>
/// What tells a server product apart from its relatives: names that are compared with what was observed, and what it can do.
/// </summary>
/// <remarks>OpenBao is a fork of Vault. It reads Vault's variables as well as its own, and its commands accept both names.</remarks>
public sealed record ServerProduct
{
    /// <summary>The programs as alternatives of a regular expression or of a shell pattern.</summary>
    internal const string Programs = "vault|bao";

    /// <summary>What people call the products in names of their own, as alternatives of a regular expression.</summary>
    internal const string Words = "vault|openbao|bao";

    /// <summary>What the client of every product keeps a token in, in the home of its user.</summary>
    internal const string TokenFile = ".vault-token";

    private static readonly string[] FolderParts = ["audit", "config", "data", "file", "logs"];

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the program, and of its process.</summary>
    public required string Program { get; init; }

    /// <summary>Name of the server container in the product's own chart.</summary>
    public required string Container { get; init; }

    /// <summary>What the product's variables begin with.</summary>
    public required string VariablePrefix { get; init; }

    /// <summary>Folder of data, configuration and audit logs in the product's image.</summary>
    public required string Folder { get; init; }

    /// <summary>That folder and those that the image has in it.</summary>
    public IReadOnlyList<string> Folders => [Folder, .. FolderParts.Select(part => $"{Folder}/{part}")];

    /// <summary>Home of the server's user in the product's image, and where its chart mounts an empty volume.</summary>
    public required string Home { get; init; }

    /// <summary>What the labels begin with that the server sets on its own pod as its state changes.</summary>
    public required string StateLabelPrefix { get; init; }

    /// <summary>What the server logs when it begins to shut down.</summary>
    public required string ShutdownLine { get; init; }

    /// <summary>The product's own chart, as for <c>--chart</c>.</summary>
    public required string DefaultChart { get; init; }

    /// <summary>Repository of that chart.</summary>
    public required string ChartRepository { get; init; }

    /// <summary>Name of a release, and of its namespace, that nobody gave a name.</summary>
    public required string DefaultRelease { get; init; }

    /// <summary>True when the server can lock its memory (mlock) and has a setting for it.</summary>
    public required bool LocksMemory { get; init; }

    /// <summary>HashiCorp Vault.</summary>
    public static ServerProduct Vault { get; } = new()
    {
        Name = "Vault",
        Program = "vault",
        Container = "vault",
        VariablePrefix = "VAULT_",
        Folder = "/vault",
        Home = "/home/vault",
        StateLabelPrefix = "vault-",
        ShutdownLine = "Vault shutdown triggered",
        DefaultChart = "hashicorp/vault",
        ChartRepository = "https://helm.releases.hashicorp.com",
        DefaultRelease = "vault",
        LocksMemory = true,
    };

    /// <summary>OpenBao, which removed mlock in 2.0.</summary>
    public static ServerProduct OpenBao { get; } = new()
    {
        Name = "OpenBao",
        Program = "bao",
        Container = "openbao",
        VariablePrefix = "BAO_",
        Folder = "/openbao",
        Home = "/home/openbao",
        StateLabelPrefix = "openbao-",
        ShutdownLine = "OpenBao shutdown triggered",
        DefaultChart = "openbao/openbao",
        ChartRepository = "https://openbao.github.io/openbao-helm",
        DefaultRelease = "openbao",
        LocksMemory = false,
    };

    /// <summary>All that can be judged.</summary>
    public static IReadOnlyList<ServerProduct> All { get; } = [Vault, OpenBao];

    /// <summary>What a run installs when it is told nothing else.</summary>
    public static ServerProduct Default => Vault;

    /// <summary>The product of a process, by the name of its program; null for any other program.</summary>
    /// <param name="program">Name of the process.</param>
    public static ServerProduct? FromProgram(string program) => All.FirstOrDefault(product => product.Program == program);

    /// <summary>The product that an image is named after; null for any other name.</summary>
    /// <param name="image">For example <c>registry.example/openbao/openbao:2.4.1</c>.</param>
    internal static ServerProduct? FromImage(string? image) =>
        (image ?? string.Empty).Split('@')[0].Split('/')[^1].Split(':')[0] is var name
            ? All.FirstOrDefault(product => name.Contains(product.Program, StringComparison.OrdinalIgnoreCase))
            : null;

    /// <summary>The product whose chart calls the server's container so; null for any other name.</summary>
    /// <param name="container">Name of a container.</param>
    internal static ServerProduct? FromContainer(string? container) => All.FirstOrDefault(product => product.Container == container);

    /// <summary>True for a word of a command that calls the client of a product, by name or path.</summary>
    /// <param name="word">The word.</param>
    public static bool IsClient(string word) =>
        All.Any(product => word == product.Program || word.EndsWith('/' + product.Program, StringComparison.Ordinal));

    /// <summary>True for a label that a server sets itself as its state changes.</summary>
    /// <param name="label">Name of the label.</param>
    public static bool IsStateLabel(string label) =>
        All.Any(product => label.StartsWith(product.StateLabelPrefix, StringComparison.Ordinal));

    /// <summary>Names of variables with the prefix of each product: Vault's first, then OpenBao's.</summary>
    /// <param name="names">Names without a prefix, for example <c>API_ADDR</c>.</param>
    public static IReadOnlyList<string> ListVariables(params IReadOnlyList<string> names) =>
        [.. All.SelectMany(product => names.Select(name => product.VariablePrefix + name))];

    /// <summary>The product whose vendor a chart is named after; null for any other name.</summary>
    /// <param name="chart">Short name of a chart, for example <c>hashicorp/vault</c>.</param>
    public static ServerProduct? FromChart(string chart) =>
        All.FirstOrDefault(product => chart.Split('/') is [var vendor, _] && vendor == product.DefaultChart.Split('/')[0]);

    /// <summary>The server container of a pod: named as in a product's chart, else the first.</summary>
    /// <param name="pod">A server pod.</param>
    public static V1Container FindServerContainer(V1Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return FindServerContainer([.. pod.Spec.Containers], container => container.Name);
    }

    /// <summary>The server container: named as in a product's chart, else the first.</summary>
    /// <typeparam name="T">How containers are represented.</typeparam>
    /// <param name="containers">The ordinary containers of a server pod; not empty.</param>
    /// <param name="name">Name of a container.</param>
    public static T FindServerContainer<T>(IReadOnlyList<T> containers, Func<T, string?> name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(containers);
        return containers.FirstOrDefault(container => FromContainer(name(container)) is not null) ?? containers[0];
    }
}
