using System.Globalization;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Whether the active server can be deleted so that another one can take over.</summary>
internal static class FailoverQuorum
{
    private const string Spared = "the active server was not deleted, because ";

    /// <summary>Why it has to be spared; null when it need not be.</summary>
    /// <param name="servers">What all servers say, the active one among them.</param>
    internal static string? ExplainSpared(IReadOnlyList<ServerSight> servers)
    {
        var left = servers.Count(server => !server.Sealed) - 1;
        if (left < 1)
        {
            return Spared + "no other server is unsealed";
        }

        // Shared storage needs one survivor; where the storage is not told it may be integrated, which needs more than half.
        var shared = servers.All(server => server.StorageType is not ("raft" or ""));
        return shared || left > servers.Count / 2
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{left} of {servers.Count} servers with integrated storage have no quorum, so that none could take over");
    }
}
