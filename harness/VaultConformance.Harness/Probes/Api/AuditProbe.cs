using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>
/// Takes the audit devices. A request with a value that nobody else knows is made for each of them: the server is asked for the digest that
/// the device makes of it, which is a request like any other, and both are then looked for where the device writes.
/// </summary>
/// <param name="context">The live system.</param>
/// <param name="access">Access to the API of the servers.</param>
/// <param name="wait">Waits for logs.</param>
internal sealed class AuditProbe(ProbeContext context, ServerAccess access, Wait wait) : IProbe<AuditFacts>
{
    /// <inheritdoc />
    public ObservationKind<AuditFacts> Kind => ObservationKinds.Audit;

    /// <inheritdoc />
    public async Task<AuditFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        using var reader = await new ActiveServer(context, access).OpenAsync(cancellationToken);
        var objects = await context.ObserveObjectsAsync(cancellationToken);
        var pod = objects.ServerPods.Single(candidate => candidate.Metadata.Name == reader.Pod);
        var target = new PodContainer(context.Namespace, reader.Pod, new ServerPod(context.Source(), pod).Container.Name);
        var logs = new AuditLogReader(context.Executor, new PodLogs(context.Client), wait, target, context.Limits.Helper);
        return await ReadAsync(reader, logs, cancellationToken);
    }

    /// <summary>Reads the devices.</summary>
    /// <param name="reader">Reads paths.</param>
    /// <param name="logs">Reads where they write.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HarnessException">The server does not list them.</exception>
    internal static async Task<AuditFacts> ReadAsync(ApiReader reader, IAuditLogs logs, CancellationToken cancellationToken)
    {
        var answer = await reader.ReadAsync("sys/audit", cancellationToken);
        var data = answer.Data ?? throw new HarnessException(FailureKind.Environment, $"{reader.Pod}: {answer.Problem}.");
        var devices = data.Where(entry => entry.Value is JsonObject device && device.ContainsKey("type"))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Describe(entry.Key, entry.Value!.AsObject())).ToList();
        var mark = $"vault-conformance-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        List<(AuditDevice Device, ApiAnswer Digest)> marked = [];
        foreach (var device in devices)
        {
            marked.Add((device, await reader.AskAsync(
                $"sys/audit-hash/{device.Path.TrimEnd('/')}", new JsonObject { ["input"] = mark }, cancellationToken)));
        }

        List<AuditDevice> found = [];
        foreach (var (device, digest) in marked)
        {
            found.Add(await FollowAsync(device, digest, mark, logs, cancellationToken));
        }

        return new AuditFacts(reader.Pod, found);
    }

    private static async Task<AuditDevice> FollowAsync(
        AuditDevice device, ApiAnswer digest, string mark, IAuditLogs logs, CancellationToken cancellationToken)
    {
        if (device.Destination.Length == 0)
        {
            return device with { TraceProblem = $"what a device of type '{device.Type}' writes leaves the pod" };
        }

        if (digest.Data?["hash"]?.ToString() is not { Length: > 0 } hash)
        {
            return device with { TraceProblem = digest.Problem };
        }

        try
        {
            return device.Destination == AuditDevice.StandardOutput
                ? device with { Trace = await logs.FindInOutputAsync(hash, mark, cancellationToken) }
                : Add(device, await logs.FindInFileAsync(device.Destination, hash, mark, cancellationToken));
        }
        catch (HarnessException exception)
        {
            return device with { TraceProblem = exception.Message };
        }
    }

    private static AuditDevice Add(AuditDevice device, (AuditTrace? Trace, AuditFile? File, string? Problem) found) =>
        device with { Trace = found.Trace, TraceProblem = found.Problem, File = found.File, FileProblem = found.Problem };

    private static AuditDevice Describe(string path, JsonObject entry) => new(
        path,
        entry["type"]!.ToString(),
        (entry["options"] as JsonObject ?? []).Where(option => Kept.Contains(option.Key))
            .ToDictionary(option => option.Key, option => option.Value?.ToString() ?? string.Empty),
        null,
        null,
        null,
        null);

    private static readonly string[] Kept =
        [
            "file_path", "path", "mode", "format", "log_raw", "hmac_accessor", "prefix", "filter", "exclude", "fallback", "address",
            "socket_type", "facility"
        ];
}
