using YamlDotNet.RepresentationModel;

namespace VaultConformance.Harness.Clusters;

/// <summary>
/// The parts of a kubeconfig as YAML nodes. A typed model would drop what it does not know, for example a proxy or an option of an exec
/// plugin, and Helm would then see another cluster than the user's own tools.
/// </summary>
internal static class KubeconfigNodes
{
    internal static IReadOnlyList<string> ListNames(YamlMappingNode root, string list) =>
        [.. ListEntries(root, list).Select(entry => GetText(entry, "name"))];

    /// <summary>The entry with a name; null when there is none.</summary>
    internal static YamlMappingNode? Find(YamlMappingNode root, string list, string name) =>
        name.Length == 0 ? null : ListEntries(root, list).FirstOrDefault(entry => GetText(entry, "name") == name);

    /// <summary>A mapping in a mapping; an empty one when it is not there.</summary>
    internal static YamlMappingNode Map(YamlMappingNode parent, string key) => FindChild(parent, key) as YamlMappingNode ?? [];

    /// <summary>A text in a mapping; empty when it is not there.</summary>
    internal static string GetText(YamlMappingNode parent, string key) => (FindChild(parent, key) as YamlScalarNode)?.Value ?? string.Empty;

    /// <summary>Makes file names absolute that are relative to the folder of the kubeconfig.</summary>
    /// <param name="cluster">Entry of the cluster.</param>
    /// <param name="user">Entry of the user; null without one.</param>
    /// <param name="folder">Folder of the kubeconfig.</param>
    internal static void MakeAbsolute(YamlMappingNode cluster, YamlMappingNode? user, string folder)
    {
        MakeAbsolute(Map(cluster, "cluster"), "certificate-authority", folder);
        if (user is null)
        {
            return;
        }

        var credentials = Map(user, "user");
        foreach (var key in (ReadOnlySpan<string>)["client-certificate", "client-key", "tokenFile"])
        {
            MakeAbsolute(credentials, key, folder);
        }

        // As kubectl does it: a bare name is looked up in PATH, anything with a folder in it is relative to the file.
        var plugin = Map(credentials, "exec");
        if (GetText(plugin, "command").AsSpan().ContainsAny('/', Path.DirectorySeparatorChar))
        {
            MakeAbsolute(plugin, "command", folder);
        }
    }

    /// <summary>The text of a kubeconfig with these entries.</summary>
    internal static string Write(string context, YamlMappingNode contextEntry, YamlMappingNode cluster, YamlMappingNode? user)
    {
        var root = new YamlMappingNode
        {
            { "apiVersion", "v1" },
            { "kind", "Config" },
            { "current-context", new YamlScalarNode(context) { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted } },
            { "contexts", new YamlSequenceNode(contextEntry) },
            { "clusters", new YamlSequenceNode(cluster) },
            { "users", user is null ? new YamlSequenceNode() : new YamlSequenceNode(user) },
        };
        using var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static void MakeAbsolute(YamlMappingNode parent, string key, string folder)
    {
        if (GetText(parent, key) is { Length: > 0 } file)
        {
            parent.Children[new YamlScalarNode(key)] =
                new YamlScalarNode(Path.GetFullPath(file, folder)) { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted };
        }
    }

    private static IEnumerable<YamlMappingNode> ListEntries(YamlMappingNode root, string list) =>
        (FindChild(root, list) as YamlSequenceNode ?? []).OfType<YamlMappingNode>();

    private static YamlNode? FindChild(YamlMappingNode parent, string key) => parent.Children.TryGetValue(key, out var node) ? node : null;
}
