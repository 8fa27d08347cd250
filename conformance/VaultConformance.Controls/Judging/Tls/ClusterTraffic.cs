using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Facts;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>Whether servers talk to each other by authenticated TLS only.</summary>
internal static class ClusterTraffic
{
    private static readonly string[] SkipVerify = ["VAULT_SKIP_VERIFY", "BAO_SKIP_VERIFY"];

    /// <summary>Judges the cluster ports of a pod: strangers get nowhere.</summary>
    /// <param name="facts">What its listeners answered.</param>
    public static IEnumerable<Judgement> JudgePorts(ListenerFacts facts)
    {
        var endpoints = facts.Endpoints.Where(endpoint => endpoint.Purpose == PortPurpose.Cluster).ToList();
        return endpoints.Count == 0
            ? [Judgement.Unknown("cluster port", "refuses strangers", "the pod listens on none")]
            : endpoints.SelectMany(endpoint => (Judgement[])[.. PlaintextRefusal.Judge(endpoint), JudgeStranger(endpoint)]);
    }

    /// <summary>Judges how servers find and trust each other.</summary>
    /// <param name="configurations">What the server was started with.</param>
    public static IEnumerable<Judgement> JudgeJoin(IReadOnlyList<ServerConfiguration> configurations)
    {
        var joins = configurations
            .SelectMany(configuration => configuration.Document.Root.Stanzas("storage"))
            .Where(storage => storage.Label == "raft")
            .SelectMany(storage => storage.Body.Stanzas("retry_join"))
            .ToList();
        return joins.Count == 0
            ? [Judgement.Irrelevant("retry_join", "the configuration has none")]
            : joins.SelectMany((join, number) => JudgeJoin(join.Body, $"retry_join {number + 1}"));
    }

    /// <summary>Judges the environment: verification must not be off.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The server container.</param>
    public static Judgement JudgeEnvironment(V1Pod pod, V1Container container) => Judgement.None(
        "variables that turn verification off",
        SkipVerify.Where(name => PodVariables.Value(pod, container, name) is { Length: > 0 } value && value.ToUpperInvariant() is not ("0" or "F" or "FALSE")));

    private static Judgement JudgeStranger(ListenerEndpoint endpoint)
    {
        var fact = $"TLS of a stranger on cluster port {endpoint.Port}";
        const string Expected = "refused";
        var accepted = endpoint.Handshakes.Where(handshake => handshake.Outcome == HandshakeOutcome.Negotiated).ToList();
        if (accepted.Find(handshake => handshake.AsksForClientCertificate != true) is { } open)
        {
            return Judgement.Of(fact, false, Expected, $"accepted: {open.Detail}");
        }

        if (accepted.Find(handshake => handshake.Alert is null) is { } asked)
        {
            return Judgement.Unknown(fact, Expected, $"the server asks for a certificate of the client, and whether it insists on one was not seen: {asked.Detail}");
        }

        if (accepted.Count > 0)
        {
            return Judgement.Of(fact, true, Expected, accepted[^1].Detail);
        }

        var modern = endpoint.Handshakes.Where(handshake => handshake.Offered >= TlsVersion.Tls12).ToList();
        var unknown = modern.Find(handshake => handshake.Outcome != HandshakeOutcome.RefusedByServer);
        return unknown is null && modern.Count > 0
            ? Judgement.Of(fact, true, Expected, modern[^1].Detail)
            : Judgement.Unknown(fact, Expected, unknown?.Detail ?? "nothing was offered");
    }

    private static IEnumerable<Judgement> JudgeJoin(HclBody join, string name)
    {
        var address = join.Value("leader_api_addr")?.AsText();
        var automatic = join.Value("auto_join")?.AsText();
        var secure = address is not null
            ? address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            : (join.Value("auto_join_scheme")?.AsText() ?? "https") == "https";
        yield return Judgement.Of($"address of {name}", secure && (address ?? automatic) is not null, "https", address ?? automatic ?? "none");
        string[] trust = ["leader_ca_cert_file", "leader_ca_cert", "leader_tls_servername"];
        var given = trust.Where(setting => join.Value(setting)?.AsText() is { Length: > 0 }).ToList();
        yield return Judgement.Of($"trust of {name}", given.Count > 0, "leader_ca_cert_file, leader_ca_cert or leader_tls_servername", given.Count > 0 ? string.Join(", ", given) : "none");
        yield return Judgement.None(
            $"settings of {name} that turn verification off",
            join.Attributes.Where(attribute => attribute.Name.Contains("skip_verify", StringComparison.Ordinal) && attribute.Value.AsSwitch() != false).Select(attribute => attribute.Name));
    }
}
