using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Versions;

namespace VaultConformance.Judging.Api;

/// <summary>Whether a server tells or does things without a token that it should not.</summary>
/// <param name="facts">What it answered.</param>
/// <param name="product">Name of the product.</param>
/// <param name="version">Version of the server.</param>
/// <param name="metricsDeclared">True where the profile declares that metrics are open.</param>
internal sealed class OpenEndpoints(EndpointFacts facts, string product, string version, bool metricsDeclared)
{
    private const string Metrics = "sys/metrics";
    private const string Listing = "sys/internal/ui/mounts";
    private static readonly string[] ByShares = ["sys/rekey/init", "sys/generate-root/attempt"];

    // Vault names paths that are off, that need a token, or that it does not know in several ways.
    private static readonly int[] Closed = [400, 401, 403, 404, 405];

    /// <summary>Judges what was asked.</summary>
    public IEnumerable<Judgement> Judge() =>
    [
        .. facts.Endpoints.Select(JudgeOne),
        .. EndpointFacts.Paths.Except(facts.Endpoints.Select(endpoint => endpoint.Path))
            .Select(path => Judgement.Unknown($"{path} without a token", "refused", "it was not asked")),
    ];

    private Judgement JudgeOne(OpenEndpoint endpoint)
    {
        var fact = $"{endpoint.Path} without a token";
        return endpoint switch
        {
            { Status: null } => Judgement.Unknown(fact, "refused", endpoint.Problem ?? "there was no answer"),
            { Path: Listing, Status: 200, Tells: false } => Judgement.Of(fact, true, "nothing", "nothing"),
            { Status: { } status } when Closed.Contains(status) => Judgement.Of(fact, true, "refused", $"HTTP {status}"),
            { Path: var path } when ByShares.Contains(path) => JudgeByShares(fact, endpoint.Status.Value),
            { Status: >= 200 and < 300 and var status } => Judgement.Of(
                    fact,
                    endpoint.Path == Metrics && metricsDeclared,
                    endpoint.Path == Listing ? "nothing" : "refused",
                    $"answered (HTTP {status})")
                .Saying($"Anybody can read {endpoint.Path} without a token."),
            { Status: var status } => Judgement.Unknown(fact, "refused", $"HTTP {status}, which says neither"),
        };
    }

    // Before 2.0 these paths are for whoever holds key shares, and ask for no token by design.
    private Judgement JudgeByShares(string fact, int status) =>
        ServerVersions.BuiltIn.Get(VersionRuleIds.SharesNeedToken).Holds(product, version) switch
        {
            true => Judgement.Of(fact, status is not (>= 200 and < 300), "refused", $"HTTP {status}")
                .Saying($"Anybody can use {fact[..fact.IndexOf(' ', StringComparison.Ordinal)]} without a token."),
            false => Judgement.Irrelevant(fact, $"{product} {version} asks for key shares there, not for a token"),
            null => Judgement.Unknown(fact, "refused", $"the version '{version}' is not understood"),
        };
}
