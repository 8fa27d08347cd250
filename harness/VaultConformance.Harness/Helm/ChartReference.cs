using VaultConformance.Harness.Products;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Helm;

/// <summary>Where a chart comes from, as the user named it.</summary>
/// <param name="Kind">Class of the source.</param>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Repository">Repository URL; only for <see cref="ChartSource.Repository"/>.</param>
/// <param name="Name">Chart name in the repository, or the path or OCI reference.</param>
public sealed record ChartReference(ChartSource Kind, string Text, string? Repository, string Name)
{
    /// <summary>
    /// The reference as it may be handed on: without a password in its URL, and a path on this machine relative to the working folder, or
    /// its last part alone when it lies elsewhere.
    /// </summary>
    public string Shown => Kind is ChartSource.Directory or ChartSource.Archive ? ToRelative(Name) : UrlUsers.Replace(Text);

    /// <summary>Reads a reference.</summary>
    /// <param name="text">
    /// A directory, a <c>.tgz</c> file, <c>oci://host/path/chart</c>, <c>https://repository/url/chart</c> or <c>hashicorp/vault</c>.
    /// </param>
    /// <exception cref="HarnessException">It is none of these.</exception>
    public static ChartReference Parse(string text)
    {
        if (text.StartsWith("oci://", StringComparison.Ordinal))
        {
            return new ChartReference(ChartSource.Oci, text, null, text);
        }

        if (text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal))
        {
            var slash = text.LastIndexOf('/');
            return new ChartReference(ChartSource.Repository, text, text[..slash], text[(slash + 1)..]);
        }

        if (Directory.Exists(text))
        {
            return new ChartReference(ChartSource.Directory, text, null, Path.GetFullPath(text));
        }

        if (File.Exists(text))
        {
            return new ChartReference(ChartSource.Archive, text, null, Path.GetFullPath(text));
        }

        return ServerProduct.FromChart(text) is { } product
            ? new ChartReference(ChartSource.Repository, text, product.ChartRepository, text.Split('/')[1])
            : throw new HarnessException(
                FailureKind.Configuration,
                $"Chart '{text}' was not found. Give an existing directory or .tgz file, oci://host/path/chart, https://repository/chart, "
                    + $"{string.Join(" or ", ServerProduct.All.Select(product => product.DefaultChart))}.");
    }

    private static string ToRelative(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal)
            ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path))
            : relative.Replace('\\', '/');
    }
}

/// <summary>Class of a chart source.</summary>
public enum ChartSource
{
    /// <summary>A chart repository.</summary>
    Repository,

    /// <summary>An OCI registry.</summary>
    Oci,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A packaged chart.</summary>
    Archive,
}
