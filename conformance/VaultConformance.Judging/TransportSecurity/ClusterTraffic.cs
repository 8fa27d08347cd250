using VaultConformance.Harness.Config;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether servers talk to each other by authenticated TLS only.</summary>
public static class ClusterTraffic
{
    private static readonly string[] StorageStanzas = ["storage", "backend", "ha_storage", "ha_backend"];
    private static readonly string[] ClientCertificates = ["leader_client_cert_file", "leader_client_cert"];
    private static readonly IReadOnlyList<string> SkipVerify = ServerProduct.ListVariables("SKIP_VERIFY");

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
        var joins = Joins(configurations);
        return joins.Count == 0
            ? [Judgement.Irrelevant("retry_join", "the configuration has none")]
            : joins.SelectMany((join, number) => JudgeJoin(join.Body, $"retry_join {number + 1}"));
    }

    /// <summary>Judges the environment: verification must not be off.</summary>
    /// <param name="environment">Environment of the server.</param>
    public static IEnumerable<Judgement> JudgeEnvironment(EffectiveEnvironment environment)
    {
        const string Fact = "variables that turn verification off";
        var variables = SkipVerify.Select(name => (name, Variable: environment.Find(name))).ToList();
        yield return Judgement.None(
            Fact, variables.Where(item => item.Variable.Value is { } value && GoSwitch.Parse(value) != false).Select(item => item.name))
            .Saying(found => $"Environment variables turn certificate verification off: {found}.");
        foreach (var (name, variable) in variables.Where(item => !item.Variable.IsKnown))
        {
            yield return Judgement.Unknown(
                Fact, "none", $"{name}: {(variable.Present is null ? variable.Source : "it is set, but its value is not known")}");
        }
    }

    /// <summary>
    /// Judges what a server itself connects to by its configuration: another Vault for its seal, a database or Consul for storage and
    /// registration.
    /// </summary>
    /// <param name="configurations">What the server was started with.</param>
    /// <param name="surroundings">What it has from elsewhere.</param>
    public static IEnumerable<Judgement> JudgeUpstream(IReadOnlyList<ServerConfiguration> configurations, Surroundings surroundings)
    {
        const string Fact = "settings of seal, storage and registration that turn verification or TLS off";
        var problems = UpstreamTraffic.Find(configurations, surroundings);
        yield return Judgement.None(Fact, problems.Where(problem => problem.IsCertain).Select(problem => problem.Text))
            .Saying(found => $"The server reaches its seal, storage or registration unprotected: {found}.");
        foreach (var problem in problems.Where(problem => !problem.IsCertain))
        {
            yield return Judgement.Unknown(Fact, "none", problem.Text);
        }
    }

    /// <summary>True when a server shows a certificate of its own where it joins others.</summary>
    /// <param name="configurations">What the server was started with.</param>
    public static bool JoinsAsClient(IReadOnlyList<ServerConfiguration> configurations) => Joins(configurations)
        .Any(join => ClientCertificates.Any(setting => join.Body.FindValue(setting)?.AsText() is { Length: > 0 }));

    private static IReadOnlyList<HclBlock> Joins(IReadOnlyList<ServerConfiguration> configurations) =>
    [
        .. configurations
            .SelectMany(configuration => StorageStanzas.SelectMany(configuration.Document.Root.ListStanzas))
            .Where(storage => storage.Label.Equals("raft", StringComparison.OrdinalIgnoreCase))
            .SelectMany(storage => storage.Body.ListStanzas("retry_join")),
    ];

    private static Judgement JudgeStranger(ListenerEndpoint endpoint)
    {
        var fact = $"TLS of a stranger on cluster port {endpoint.Port}";
        const string Expected = "refused";
        var accepted = endpoint.Handshakes.Where(handshake => handshake.Outcome == HandshakeOutcome.Negotiated).ToList();
        if (accepted.Find(handshake => handshake.AsksForClientCertificate != true) is { } open)
        {
            return Judgement.Of(fact, false, Expected, $"accepted: {open.Detail}")
                .Saying($"Cluster port {endpoint.Port} accepts TLS from a client without a certificate.");
        }

        if (accepted.Find(handshake => handshake.Alert is null) is { } asked)
        {
            return Judgement.Unknown(
                fact,
                Expected,
                $"the server asks for a certificate of the client, and whether it insists on one was not seen: {asked.Detail}");
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
        var address = join.FindValue("leader_api_addr")?.AsText();
        var automatic = join.FindValue("auto_join")?.AsText();
        var secure = address is not null
            ? address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            : (join.FindValue("auto_join_scheme")?.AsText() ?? "https").Equals("https", StringComparison.OrdinalIgnoreCase);
        yield return Judgement.Of(
            $"address of {name}", secure && (address ?? automatic) is not null, "https", address ?? automatic ?? "none")
            .Saying(found => found == "none"
                ? $"{name} names no address to join."
                : $"{name} joins without TLS: {found}.");
        string[] trust = ["leader_ca_cert_file", "leader_ca_cert", "leader_tls_servername"];
        var given = trust.Where(setting => join.FindValue(setting)?.AsText() is { Length: > 0 }).ToList();
        yield return Judgement.Of(
            $"trust of {name}",
            given.Count > 0,
            "leader_ca_cert_file, leader_ca_cert or leader_tls_servername",
            given.Count > 0 ? string.Join(", ", given) : "none")
            .Saying($"{name} does not say which certificate to trust.");
        yield return Judgement.None(
            $"settings of {name} that turn verification off",
            join.Attributes
                .Where(attribute =>
                    attribute.Name.Contains("skip_verify", StringComparison.OrdinalIgnoreCase) && attribute.Value.AsSwitch() != false)
                .Select(attribute => attribute.Name))
            .Saying(found => $"{name} turns certificate verification off: {found}.");
    }
}
