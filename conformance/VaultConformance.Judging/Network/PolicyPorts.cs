using System.Globalization;
using k8s.Models;

namespace VaultConformance.Judging.Network;

/// <summary>Which ports a rule of a NetworkPolicy means.</summary>
internal static class PolicyPorts
{
    private const int MostInRange = 100;

    /// <summary>True when the rule covers a TCP port of a container.</summary>
    /// <param name="ports">The ports of the rule; none means all.</param>
    /// <param name="number">The port.</param>
    /// <param name="name">Its name; null without one.</param>
    public static bool Cover(IList<V1NetworkPolicyPort>? ports, int number, string? name) =>
        ports is not { Count: > 0 } || ports.Any(port => Covers(port, number, name));

    /// <summary>True when the rule means all ports, or so many that it says nothing.</summary>
    /// <param name="ports">The ports of the rule.</param>
    public static bool AreOpen(IList<V1NetworkPolicyPort>? ports) =>
        ports is not { Count: > 0 } || ports.Any(port => port.Port is null || CountRange(port) > MostInRange);

    /// <summary>The ports in words.</summary>
    /// <param name="ports">The ports of the rule.</param>
    public static string Describe(IList<V1NetworkPolicyPort>? ports) => ports is { Count: > 0 }
        ? (ports.All(port => port.Port is not null) ? "port " : string.Empty) + string.Join(", ", ports.Select(Describe).Distinct())
        : "all ports";

    /// <summary>True when the rule is for name servers only.</summary>
    /// <param name="ports">The ports of the rule.</param>
    public static bool AreForNames(IList<V1NetworkPolicyPort>? ports) =>
        ports is { Count: > 0 } && ports.All(port => port.Port?.Value is "53" or "dns" or "dns-tcp" && port.EndPort is null);

    private static bool Covers(V1NetworkPolicyPort port, int number, string? name) => port.Protocol is null or "TCP"
        && (port.Port is null
            || (FindNumber(port) is { } first ? first <= number && number <= (port.EndPort ?? first) : port.Port.Value == name));

    private static int CountRange(V1NetworkPolicyPort port) =>
        FindNumber(port) is { } first && port.EndPort is { } last ? last - first + 1 : 1;

    private static string Describe(V1NetworkPolicyPort port) => port switch
    {
        { Port: null } => $"every {port.Protocol ?? "TCP"} port",
        { EndPort: { } last } => $"{port.Port.Value}-{last.ToString(CultureInfo.InvariantCulture)}",
        _ => port.Port.Value,
    };

    private static int? FindNumber(V1NetworkPolicyPort port) =>
        int.TryParse(port.Port?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
