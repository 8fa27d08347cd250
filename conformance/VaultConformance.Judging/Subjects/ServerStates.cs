using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>A server pod and what its server says.</summary>
/// <param name="Pod">The pod as admitted.</param>
/// <param name="Container">Its server container.</param>
/// <param name="State">What the server says; null when it was not asked.</param>
public sealed record ServerSighting(V1Pod Pod, V1Container Container, VaultServerState? State);

/// <summary>Whether what servers say of their state can be true together, and with what else is known of their pods.</summary>
public static class ServerStates
{
    private const string Fact = "state of the server";

    // Servers with such a storage know nothing of each other: each is active.
    private static readonly string[] Alone = ["file", "inmem"];

    /// <summary>Judges the servers of a release against each other; nothing when they agree.</summary>
    /// <param name="servers">All server pods.</param>
    public static IEnumerable<Judgement> Judge(IReadOnlyList<ServerSighting> servers)
    {
        var known = servers.Where(server => server.State is not null).ToList();
        return [.. JudgeVersions(known), .. JudgeActive(servers, known)];
    }

    private static IEnumerable<Judgement> JudgeVersions(List<ServerSighting> known)
    {
        if (known.Select(server => server.State!.Version).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            yield return Judgement.Unknown(
                "version of the servers",
                "the same in every pod",
                $"{Describe(known, server => server.State!.Version)}: the release is between two versions. Wait for its end and run again");
        }
    }

    private static IEnumerable<Judgement> JudgeActive(IReadOnlyList<ServerSighting> servers, List<ServerSighting> known)
    {
        var active = known.Where(IsActive).Select(server => server.Pod.Metadata.Name).ToList();
        if (active.Count > 1 && known.Exists(server => IsActive(server) && !Alone.Contains(server.State!.StorageType)))
        {
            yield return Judgement.Unknown(
                "active servers",
                "one",
                $"{string.Join(", ", active)}: one release has one active server, so that what was recorded of one of them is not true");
        }

        if (active.Count == 0
            && servers.Count > 0
            && servers.All(server => server.State is { Initialized: true, Sealed: false, Standby: true }))
        {
            yield return Judgement.Unknown(
                "active servers",
                "one",
                $"none of {servers.Count}, although every server is unsealed: nobody served requests, or what was recorded is not true");
        }
    }

    /// <summary>Judges what a server says against its pod; nothing when they agree.</summary>
    /// <param name="server">The server.</param>
    public static IEnumerable<Judgement> JudgeOne(ServerSighting server)
    {
        if (server.State is not { } state)
        {
            yield break;
        }

        if (state is { Initialized: false, Sealed: false })
        {
            yield return Judgement.Unknown(Fact, "one that can be", "unsealed without being initialised, which cannot be");
        }

        if ((state.Sealed || !state.Initialized) && ExplainProof(server, state) is { } proof)
        {
            yield return Judgement.Unknown(
                Fact,
                "one that can be",
                $"{(state.Initialized ? "sealed" : "not initialised")}, and yet {proof}: one of the two is not true");
        }

        foreach (var judgement in JudgeLabel(server.Pod, state.Version))
        {
            yield return judgement;
        }
    }

    private static IEnumerable<Judgement> JudgeLabel(V1Pod pod, string version)
    {
        var labelled = FindLabel(pod, "version");
        if (labelled is not null
            && VaultVersion.TryParse(labelled) is { } told
            && VaultVersion.TryParse(version) is { } said
            && told != said)
        {
            yield return Judgement.Unknown(
                "version of the server", labelled, $"{version}, while the server has labelled its pod with {labelled}");
        }
    }

    // A release that initialised itself may stay sealed; nothing then shows an unsealed server.
    private static string? ExplainProof(ServerSighting server, VaultServerState state)
    {
        var label = state.Initialized ? FindLabel(server.Pod, "sealed") == "false" : FindLabel(server.Pod, "initialized") == "true";
        return state.IsOwnWord ? "it told its configuration, which only an unsealed server does"
            : label ? $"it has labelled its pod as {(state.Initialized ? "unsealed" : "initialised")}"
            : IsReady(server.Pod) && NeedsUnsealed(server.Container.ReadinessProbe)
                ? "its pod is ready by a probe that a sealed server does not pass"
            : null;
    }

    private static bool IsActive(ServerSighting server) =>
        server.State is { Initialized: true, Sealed: false, Standby: false } && FindLabel(server.Pod, "perf-standby") != "true";

    private static string? FindLabel(V1Pod pod, string name) => ServerProduct.All
        .Select(product =>
            pod.Metadata.Labels is { } labels && labels.TryGetValue(product.StateLabelPrefix + name, out var value) ? value : null)
        .FirstOrDefault(value => value is not null);

    /// <summary>True when the cluster calls a pod ready.</summary>
    /// <param name="pod">The pod.</param>
    internal static bool IsReady(V1Pod pod) =>
        pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    private static bool NeedsUnsealed(V1Probe? probe) => probe switch
    {
        { Exec.Command: { } command } => string.Join(' ', command) is var text
            && ServerProduct.All.Any(product => text.Contains($"{product.Program} status", StringComparison.Ordinal))
            && !text.Contains("||", StringComparison.Ordinal),
        { HttpGet.Path: { } path } => path.StartsWith("/v1/sys/health", StringComparison.Ordinal)
            && !path.Contains("sealedcode", StringComparison.Ordinal)
            && !path.Contains("uninitcode", StringComparison.Ordinal),
        _ => false,
    };

    private static string Describe(IEnumerable<ServerSighting> servers, Func<ServerSighting, string> what) =>
        string.Join(", ", servers.Select(server => $"{server.Pod.Metadata.Name} {what(server)}"));
}
