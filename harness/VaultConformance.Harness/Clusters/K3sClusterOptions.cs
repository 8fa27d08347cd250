namespace VaultConformance.Harness.Clusters;

/// <summary>How a K3s cluster is started.</summary>
/// <param name="Image">Node image, pinned by tag and digest where it comes from a registry.</param>
/// <param name="Kind"><c>k3s</c> or <c>offline-node</c>.</param>
/// <param name="RunId">Id of the run; becomes a label of the container so that leftovers can be found.</param>
/// <param name="ImageArchives">Image archives that the node imports when it starts.</param>
/// <param name="Ulimits">Limits of the node container, which everything in it inherits.</param>
/// <param name="StartLimit">Longest wait for a ready node.</param>
/// <param name="StateFolder">Private folder for the kubeconfig.</param>
public sealed record K3sClusterOptions(
    string Image,
    string Kind,
    string RunId,
    IReadOnlyList<string> ImageArchives,
    IReadOnlyList<NodeUlimit> Ulimits,
    TimeSpan StartLimit,
    string StateFolder)
{
    /// <summary>True when the cluster is to outlive this process.</summary>
    public bool Keep { get; init; }
}

/// <summary>A limit of the node container; -1 means unlimited.</summary>
/// <param name="Name">For example <c>core</c> or <c>memlock</c>.</param>
/// <param name="Soft">Soft limit.</param>
/// <param name="Hard">Hard limit.</param>
public sealed record NodeUlimit(string Name, long Soft, long Hard)
{
    private static readonly string[] Known =
        [
            "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime",
            "sigpending", "stack"
        ];

    /// <summary>Reads <c>name=soft:hard</c> or <c>name=both</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="HarnessException">It is malformed or names no limit.</exception>
    public static NodeUlimit Parse(string text)
    {
        if (text.Split('=') is [var name, var limits] && Known.Contains(name)
            && limits.Split(':') is { Length: 1 or 2 } parts
            && long.TryParse(parts[0], out var soft) && long.TryParse(parts[^1], out var hard)
            && soft >= -1 && hard >= -1 && (hard == -1 || (soft != -1 && soft <= hard)))
        {
            return new NodeUlimit(name, soft, hard);
        }

        throw new HarnessException(
            FailureKind.Configuration,
            $"Node ulimit '{text}' is malformed. Write name=soft:hard with -1 for unlimited and soft not above hard, for example "
                + $"core=0:0; names are {string.Join(", ", Known)}.");
    }

    /// <inheritdoc />
    public override string ToString() => $"ulimit {Name}={Soft}:{Hard}";
}
