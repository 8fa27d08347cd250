using System.Net;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>What a server has from elsewhere than its files: variables, and the node that it runs on.</summary>
/// <param name="environment">Its environment.</param>
/// <param name="pod">Its pod as admitted.</param>
public sealed class Surroundings(EffectiveEnvironment environment, V1Pod pod)
{
    // The chart's start script puts the node's address in its place.
    private const string NodePlaceholder = "HOST_IP";

    /// <summary>Looks a variable up; an empty one counts as not set, as it does for Vault.</summary>
    /// <param name="name">Name of the variable.</param>
    public EffectiveVariable Find(string name) =>
        environment.Find(name) is var found && found.Value is "" ? new EffectiveVariable(false, null, found.Source) : found;

    /// <summary>
    /// True when what is sent to an address stays on the node: it is a loopback address, a socket file, or the node's own address. Null
    /// when the node's address is not known and may be this one.
    /// </summary>
    /// <param name="address">Address, host or URL.</param>
    public bool? IsLocal(string address)
    {
        if (address.StartsWith("unix:", StringComparison.OrdinalIgnoreCase) || address is ['/', ..])
        {
            return true;
        }

        var host = NamedServices.Place(address).Host;
        if (host.Length == 0 || host == "localhost" || host.Equals(NodePlaceholder, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!IPAddress.TryParse(host, out var ip))
        {
            return false;
        }

        var node = Node.ToList();
        return IPAddress.IsLoopback(ip) || node.Exists(address => IPAddress.TryParse(address, out var own) && own.Equals(ip))
            ? true
            : node.Count == 0 ? null : false;
    }

    private IEnumerable<string> Node =>
        (pod.Status?.HostIPs ?? []).Select(address => address.Ip).Append(pod.Status?.HostIP).OfType<string>();
}

/// <summary>Something that is wrong with a connection to seal, storage or registration, or that cannot be told.</summary>
/// <param name="Text">What, with the place where it is written.</param>
/// <param name="IsCertain">True when it is wrong; false when it cannot be told.</param>
internal sealed record UpstreamProblem(string Text, bool IsCertain);
