namespace VaultConformance.Harness.Deployment;

/// <summary>An image, taken apart as charts take it.</summary>
/// <param name="Registry">Host of the registry; empty for the default one.</param>
/// <param name="Repository">Repository without the registry.</param>
/// <param name="Tag">Tag, and digest where there is one: charts write <c>repository:tag</c>, so that a digest stays with the tag.</param>
internal sealed record ImageReference(string Registry, string Repository, string Tag)
{
    private const string DefaultRegistry = "docker.io";

    /// <summary>Takes an image apart.</summary>
    /// <exception cref="HarnessException">It has no tag.</exception>
    internal static ImageReference Parse(string image)
    {
        var digest = image.IndexOf('@', StringComparison.Ordinal);
        var colon = image.LastIndexOf(':', digest < 0 ? image.Length - 1 : digest);
        if (colon <= image.LastIndexOf('/'))
        {
            throw new HarnessException(
                FailureKind.Configuration, $"Image '{image}' has no tag. Give --vault-image repository:tag, optionally with @sha256:….");
        }

        var name = image[..colon];
        // A host has a dot, a port, or is localhost; anything else is the first folder of a repository.
        return name.Split('/', 2) is [var host, var rest]
            && (host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost")
            ? new ImageReference(host, rest, image[(colon + 1)..])
            : new ImageReference(string.Empty, name, image[(colon + 1)..]);
    }

    /// <summary>The values below <c>server.image</c>.</summary>
    /// <param name="splitRegistry">True where the chart takes the registry by itself.</param>
    internal Dictionary<string, object> ToValues(bool splitRegistry) => splitRegistry
        ? new()
        {
            ["registry"] = Registry.Length == 0 ? DefaultRegistry : Registry,
            ["repository"] = Repository,
            ["tag"] = Tag,
            ["pullPolicy"] = "IfNotPresent"
        }
        : new()
        {
            ["repository"] = Registry.Length == 0 ? Repository : $"{Registry}/{Repository}", ["tag"] = Tag, ["pullPolicy"] = "IfNotPresent"
        };

    /// <summary>True when a rendered image is this one.</summary>
    /// <param name="rendered">Image of the rendered container.</param>
    internal bool Is(string? rendered) => rendered is not null && WithoutDefault(rendered) == WithoutDefault(Whole);

    private string Whole => Registry.Length == 0 ? $"{Repository}:{Tag}" : $"{Registry}/{Repository}:{Tag}";

    private static string WithoutDefault(string image) =>
        image.StartsWith(DefaultRegistry + "/", StringComparison.Ordinal) ? image[(DefaultRegistry.Length + 1)..] : image;
}
