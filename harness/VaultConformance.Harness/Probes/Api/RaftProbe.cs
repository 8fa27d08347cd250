using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Server;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Asks the active server for the members of its integrated storage, and how they are.</summary>
/// <param name="context">The live system.</param>
/// <param name="access">Access to the API of the servers.</param>
internal sealed class RaftProbe(ProbeContext context, ServerAccess access) : IProbe<RaftFacts>
{
    private const string MembersPath = "sys/storage/raft/configuration";
    private const string AutopilotPath = "sys/storage/raft/autopilot/state";

    /// <inheritdoc />
    public ObservationKind<RaftFacts> Kind => ObservationKinds.Raft;

    /// <inheritdoc />
    public async Task<RaftFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        using var reader = await new ActiveServer(context, access).OpenAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    /// <summary>Reads members and health. Health in another shape is not known.</summary>
    /// <param name="reader">Reads paths.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HarnessException">The members cannot be read.</exception>
    internal static async Task<RaftFacts> ReadAsync(ApiReader reader, CancellationToken cancellationToken)
    {
        var members = await reader.ReadAsync(MembersPath, cancellationToken);
        var servers = members.Data?["config"] is JsonObject config && config["servers"] is JsonArray list
            ? list
            : throw CreateFailure(members.Data is null ? members.Problem : "the answer names no members");
        var autopilot = await reader.ReadAsync(AutopilotPath, cancellationToken);
        return new RaftFacts(
            [.. servers.Select(ReadPeer).OrderBy(peer => peer.NodeId, StringComparer.Ordinal)],
            Find<bool>(autopilot.Data?["healthy"]),
            Find<int>(autopilot.Data?["failure_tolerance"]),
            autopilot.Data is null ? autopilot.Problem : null);
    }

    private static RaftPeer ReadPeer(JsonNode? node)
    {
        var server = node as JsonObject;
        return new RaftPeer(
            server?["node_id"]?.ToString() ?? throw CreateFailure("a member has no id"),
            server["address"]?.ToString() ?? string.Empty,
            Find<bool>(server["leader"]) ?? false,
            Find<bool>(server["voter"]) ?? throw CreateFailure("the server does not say of a member whether it is a voter"));
    }

    private static T? Find<T>(JsonNode? node)
        where T : struct => node is JsonValue value && value.TryGetValue<T>(out var found) ? found : null;

    private static HarnessException CreateFailure(string reason) => new(
        FailureKind.Environment, $"The members of the integrated storage could not be read: {reason.TrimEnd('.')}.");
}
