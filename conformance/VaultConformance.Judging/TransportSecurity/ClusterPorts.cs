using System.Globalization;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// The ports on which servers talk to each other, by everything that tells: the name of the container port, the default, the configuration
/// that the server was started with, what it reports, and what was found on the wire.
/// </summary>
/// <param name="container">The server container.</param>
/// <param name="further">Ports that other sources than the container tell.</param>
internal sealed class ClusterPorts(V1Container container, IEnumerable<int> further)
{
    private const int Default = 8201;

    private readonly HashSet<int> _numbers =
    [
        Default, .. further,
        .. (container.Ports ?? []).Where(port => port.Name is "https-internal" or "http-internal").Select(port => port.ContainerPort),
    ];

    /// <summary>Ports of a Service that lead to one of them.</summary>
    /// <param name="service">A Service.</param>
    public IEnumerable<V1ServicePort> List(V1Service service)
    {
        var names = (container.Ports ?? []).Where(port => _numbers.Contains(port.ContainerPort)).Select(port => port.Name).OfType<string>()
            .Concat(_numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))).ToHashSet(StringComparer.Ordinal);
        return (service.Spec.Ports ?? []).Where(port => port.Protocol is null or "TCP")
            .Where(port => names.Contains(port.TargetPort?.Value ?? port.Port.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Those that configuration files tell.</summary>
    /// <param name="configurations">What the server was started with.</param>
    public static IEnumerable<int> List(IReadOnlyList<ServerConfiguration> configurations) => configurations
        .SelectMany(configuration => configuration.Document.Root.ListStanzas("listener"))
        .SelectMany(listener => ListNumber(FindText(listener.Body, "cluster_address"), FindText(listener.Body, "address")));

    /// <summary>Those that the server reports.</summary>
    /// <param name="state">The state of the server.</param>
    public static IEnumerable<int> List(VaultServerState state) => state.Listeners
        .Select(listener => listener["config"] as System.Text.Json.Nodes.JsonObject ?? listener)
        .SelectMany(listener => ListNumber(JsonText.Find(listener, "cluster_address"), JsonText.Find(listener, "address")));

    /// <summary>Those that were found on the wire.</summary>
    /// <param name="facts">What the listeners answered.</param>
    public static IEnumerable<int> List(ListenerFacts facts) =>
        facts.Endpoints.Where(endpoint => endpoint.Purpose == PortPurpose.Cluster).Select(endpoint => endpoint.Port);

    // Without an address of its own for servers, a listener takes the port after that of its address for them.
    private static IEnumerable<int> ListNumber(string? own, string? address) =>
        own is { Length: > 0 } ? FindPort(own) is { } port ? [port] : [] : FindPort(address) is { } before ? [before + 1] : [];

    private static int? FindPort(string? address) =>
        address is not null && int.TryParse(
            address[(address.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    private static string? FindText(HclBody body, string name) => body.FindValue(name)?.AsText();
}
