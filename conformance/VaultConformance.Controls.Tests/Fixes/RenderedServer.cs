using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>The server's pod and configuration as Helm rendered them.</summary>
/// <param name="pod">Specification of the pod; null where the release runs no server.</param>
/// <param name="config">The server's configuration.</param>
/// <param name="claims">Names of the volumes that the StatefulSet makes itself.</param>
internal sealed partial class RenderedServer(YamlMappingNode? pod, string config, IReadOnlyList<string> claims)
{
    private static readonly string[] Addresses = ["VAULT_ADDR", "VAULT_API_ADDR"];

    internal static RenderedServer Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var objects = stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>().ToList();
        var set = objects.FirstOrDefault(item => Text(item, "kind") == "StatefulSet");
        var maps = objects.Where(item => Text(item, "kind") == "ConfigMap").Select(item => Text(item, "data", "extraconfig-from-values.hcl"));
        return new RenderedServer(
            Find(set, "spec", "template", "spec") as YamlMappingNode,
            maps.OfType<string>().FirstOrDefault() ?? string.Empty,
            [.. Items(set, "spec", "volumeClaimTemplates").Select(claim => Text(claim, "metadata", "name")!)]);
    }

    internal IReadOnlyList<string> ListDuplicates() =>
    [
        .. Containers().SelectMany(container => Repeated(Items(container, "volumeMounts").Select(mount => "mount " + Text(mount, "mountPath")!.TrimEnd('/')))),
        .. Containers().SelectMany(container => Repeated(Items(container, "env").Select(variable => "variable " + Text(variable, "name")))),
        .. Repeated(Items(pod, "volumes").Select(volume => "volume " + Text(volume, "name")).Concat(claims.Select(claim => "volume " + claim))),
        .. Items(pod, "volumes").Where(volume => ((YamlMappingNode)volume).Children.Count > 2).Select(volume => $"kinds of {Text(volume, "name")}"),
    ];

    internal IReadOnlyList<string> ListMissingVolumes() =>
    [
        .. Containers().SelectMany(container => Items(container, "volumeMounts")).Select(mount => Text(mount, "name")!)
            .Except(Items(pod, "volumes").Select(volume => Text(volume, "name")!).Concat(claims)),
    ];

    // One scheme where everything agrees.
    internal IReadOnlyList<string> ListSchemes()
    {
        var server = Containers().FirstOrDefault(container => Text(container, "name") == "vault");
        var listeners = config.Contains("listener \"tcp\"", StringComparison.Ordinal) ? [Off.IsMatch(config) ? "http" : "https"] : Array.Empty<string>();
        var addresses = Items(server, "env").Where(variable => Addresses.Contains(Text(variable, "name")))
            .Select(variable => Text(variable, "value")!.Split("://")[0].ToLowerInvariant());
        var probes = new[] { "readinessProbe", "livenessProbe", "startupProbe" }
            .Select(probe => Text(server, probe, "httpGet", "scheme")?.ToLowerInvariant()).OfType<string>();
        var commands = Plain.IsMatch(server?.ToString() ?? string.Empty) ? ["http"] : Array.Empty<string>();
        return [.. listeners.Concat(addresses).Concat(probes).Concat(commands).Distinct().Order()];
    }

    private IEnumerable<YamlNode> Containers() => Items(pod, "containers").Concat(Items(pod, "initContainers"));

    private static IEnumerable<string> Repeated(IEnumerable<string> names) => names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);

    private static IEnumerable<YamlNode> Items(YamlNode? node, params string[] path) => (Find(node, path) as YamlSequenceNode)?.Children ?? [];

    private static string? Text(YamlNode? node, params string[] path) => (Find(node, path) as YamlScalarNode)?.Value;

    private static YamlNode? Find(YamlNode? node, params string[] path) => path.Aggregate(node, (current, key) =>
        current is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null);

    [GeneratedRegex(@"tls_disable\W+(1|true)")]
    private static partial Regex Off { get; }

    [GeneratedRegex(@"http://(127\.0\.0\.1|localhost):8200")]
    private static partial Regex Plain { get; }
}
