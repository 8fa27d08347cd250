using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Storage;

/// <summary>Where a server keeps its data.</summary>
/// <param name="Kind">Kind of its storage, in lower case.</param>
/// <param name="Path">The folder; null when the configuration says it in no way that can be read.</param>
internal sealed record StorageFolder(string Kind, string? Path)
{
    // Storage of Vault and OpenBao that is reached by a network: what lies in the pod is none of it.
    private static readonly HashSet<string> Remote =
    [
        "aerospike", "alicloudoss", "azure", "cassandra", "cockroachdb", "consul", "couchdb", "dynamodb", "etcd", "foundationdb", "gcs",
        "manta", "mssql", "mysql", "oci", "postgresql", "s3", "spanner", "swift", "zookeeper",
    ];

    /// <summary>True for storage in a folder of the pod.</summary>
    public bool IsLocal => Kind is "raft" or "file";

    /// <summary>True for storage that ends with the process.</summary>
    public bool IsInMemory => Kind is "inmem" or "inmem_ha" or "inmem_transactional" or "inmem_transactional_ha";

    /// <summary>True for storage that is somewhere else.</summary>
    public bool IsRemote => Remote.Contains(Kind);

    /// <summary>Every storage that the configurations give.</summary>
    /// <param name="configurations">What the server was started with.</param>
    /// <param name="environment">Its environment, which wins over the path of integrated storage.</param>
    public static IReadOnlyList<StorageFolder> List(
        IReadOnlyList<ServerConfiguration> configurations, EffectiveEnvironment environment) =>
    [
        .. configurations.Select(configuration => configuration.Document.Root)
            .SelectMany(root => root.ListStanzas("storage").Concat(root.ListStanzas("backend")))
            .Select(stanza => (Kind: stanza.Label.ToLowerInvariant(), Path: stanza.Body.FindValue("path")?.AsText()))
            .Select(found => new StorageFolder(found.Kind, found.Kind == "raft" ? Overrule(found.Path, environment) : found.Path))
            .Select(found => found with { Path = found.Path?.StartsWith('/') == true ? found.Path : null })
            .Distinct(),
    ];

    // Each product reads a variable of its own name. Any that is set, or may be, wins.
    private static string? Overrule(string? path, EffectiveEnvironment environment)
    {
        var variables =
            ServerProduct.ListVariables("RAFT_PATH").Select(environment.Find).Where(variable => variable.Present != false).ToList();
        return variables.Count == 0 ? path : variables.FirstOrDefault(variable => variable.Present == true)?.Value;
    }
}
