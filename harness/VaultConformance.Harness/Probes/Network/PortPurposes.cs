using System.Globalization;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>
/// Tells what the ports of a server pod are for: from the loaded configuration, the names of container ports, and the defaults.
/// </summary>
/// <param name="container">The server container as admitted.</param>
/// <param name="listeners">Listeners of the loaded configuration; empty when it is not known.</param>
internal sealed class PortPurposes(V1Container container, IReadOnlyList<JsonObject> listeners)
{
    private const int DefaultApi = 8200;
    private const int DefaultCluster = 8201;

    public PortPurpose Find(int port) => IsConfigured("address", port) || IsNamed(port, "http", "https")
        ? PortPurpose.Api
        : IsConfigured("cluster_address", port) || FollowsListener(port) || IsNamed(port, "https-internal", "http-internal")
            ? PortPurpose.Cluster
            : FindByDefault(port);

    /// <summary>Ports that the container declares.</summary>
    public IReadOnlyList<int> Declared => [.. (container.Ports ?? []).Select(port => port.ContainerPort)];

    /// <summary>Number of a port that a Service names or gives as a number.</summary>
    public int? Resolve(IntOrString? target, int servicePort) => target switch
    {
        null => servicePort,
        { Value: var text } when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        { Value: var name } => container.Ports?.FirstOrDefault(port => port.Name == name)?.ContainerPort,
    };

    private static PortPurpose FindByDefault(int port) => port switch
    {
        DefaultApi => PortPurpose.Api,
        DefaultCluster => PortPurpose.Cluster,
        _ => PortPurpose.Other,
    };

    private bool IsNamed(int port, params string[] names) =>
        (container.Ports ?? []).Any(candidate => candidate.ContainerPort == port && names.Contains(candidate.Name));

    private bool IsConfigured(string attribute, int port) =>
        listeners.Any(listener => FindText(listener["config"] as JsonObject ?? listener, attribute)?.EndsWith(
            string.Create(CultureInfo.InvariantCulture, $":{port}"), StringComparison.Ordinal) == true);

    // Without an address of its own for servers, a listener takes the port after that of its address for them.
    private bool FollowsListener(int port) => listeners.Select(listener => listener["config"] as JsonObject ?? listener)
        .Any(listener => FindText(listener, "cluster_address") is null
            && FindText(listener, "address")?.EndsWith(
                string.Create(CultureInfo.InvariantCulture, $":{port - 1}"), StringComparison.Ordinal) == true);

    private static string? FindText(JsonObject listener, string attribute) =>
        listener[attribute] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
