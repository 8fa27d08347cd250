using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Asks each server what it says to whom has no token.</summary>
/// <param name="access">Access to the API of the servers.</param>
/// <param name="time">The clock.</param>
internal sealed class EndpointsProbe(ServerAccess access, TimeProvider time) : IProbe<EndpointFacts>
{
    /// <summary>A site that cannot exist.</summary>
    internal const string MadeUpOrigin = "https://vault-conformance.invalid";

    private const string HealthPath =
        "sys/health?standbyok=true&perfstandbyok=true&standbycode=200&sealedcode=200&uninitcode=200&drsecondarycode=200";

    private const string TransportSecurity = "Strict-Transport-Security";

    /// <inheritdoc />
    public ObservationKind<EndpointFacts> Kind => ObservationKinds.Endpoints;

    /// <inheritdoc />
    public async Task<EndpointFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        using var server = await access.Connections.OpenAsync(Subjects.GetPodName(subject), access.Port, cancellationToken);
        return await ReadAsync(server.Api, time, cancellationToken);
    }

    /// <summary>Asks a server.</summary>
    /// <param name="api">Its API.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    internal static async Task<EndpointFacts> ReadAsync(IVaultApi api, TimeProvider time, CancellationToken cancellationToken)
    {
        List<OpenEndpoint> endpoints = [];
        foreach (var path in EndpointFacts.Paths)
        {
            endpoints.Add(await AskAsync(api, path, cancellationToken));
        }

        var before = time.GetUtcNow();
        var health = await api.SendAsync(VaultCall.Read(HealthPath) with { Origin = MadeUpOrigin }, null, cancellationToken);
        var seenAt = before + ((time.GetUtcNow() - before) / 2);
        var page = await TryAsync(api, VaultCall.Read("ui/") with { IsOutsideApi = true }, cancellationToken);
        return new EndpointFacts(
            endpoints,
            page.Reply?.Status,
            new ResponseHeaders(
                health.Headers.GetValueOrDefault(TransportSecurity),
                page.Reply?.Headers.GetValueOrDefault(TransportSecurity),
                health.Headers.GetValueOrDefault("Access-Control-Allow-Origin")),
            health.Body["server_time_utc"] is JsonValue value && value.TryGetValue<long>(out var seconds)
                ? new ServerClock(seconds, seenAt)
                : null);
    }

    private static async Task<OpenEndpoint> AskAsync(IVaultApi api, string path, CancellationToken cancellationToken)
    {
        var (reply, problem) = await TryAsync(api, VaultCall.Read(path), cancellationToken);
        return new OpenEndpoint(path, reply?.Status, reply is { IsSuccess: true } && Holds(reply.Data ?? reply.Body), problem);
    }

    private static async Task<(VaultReply? Reply, string? Problem)> TryAsync(
        IVaultApi api, VaultCall call, CancellationToken cancellationToken)
    {
        try
        {
            return (await api.SendAsync(call, null, cancellationToken), null);
        }
        catch (VaultApiException exception)
        {
            return (null, exception.Message.TrimEnd('.'));
        }
    }

    // Profiles and metrics may come as text, which is no object and holds something all the same.
    private static bool Holds(JsonObject answer) =>
        answer.Count == 0 || answer.Any(member => member.Value is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 }));
}
