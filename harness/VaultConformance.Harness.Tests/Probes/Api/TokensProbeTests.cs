using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Api;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tests.Vault;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Probes.Api;

[CancelAfter(20_000)]
public sealed class TokensProbeTests
{
    private const string Accessors = """{"data":{"keys":["mine","other"]}}""";
    private const string Auditor = """{"data":{"accessor":"mine","display_name":"auditor","policies":["auditor"],"creation_ttl":60,"expire_time":"2030","type":"service","path":"auth/token/create"}}""";
    private readonly ApiServer _server = new();

    [OneTimeTearDown]
    public void CloseServer() => _server.Dispose();

    [SetUp]
    public void Compliant()
    {
        _server.Server.Replies.Clear();
        _server.Server.Before = null;
        _server.Journal.Clear();
        _server.Answer("auth/token/accessors", Accessors).Answer("auth/token/lookup-self", Auditor).Answer("auth/token/lookup-accessor", Auditor)
            .Answer("sys/generate-root/attempt", """{"started":false}""");
    }

    [Test]
    public async Task Tokens_are_described_without_accessor_and_policies_of_the_entity_count(CancellationToken cancellationToken)
    {
        _server.Answer("auth/token/lookup-accessor", """{"data":{"display_name":"ada","policies":["default"],"identity_policies":["root"],"creation_ttl":0,"expire_time":null,"period":600}}""");

        var tokens = (await TakeAsync(null, cancellationToken)).Tokens;

        Assert.That(tokens[1].Policies, Is.EqualTo(new[] { "default", "root" }));
        Assert.That((tokens[0].Own, tokens[1].Own, tokens[1].Period, tokens[1].Expires, tokens[1].CreationTtl), Is.EqualTo((true, false, 600L, false, 0L)));
    }

    [Test]
    public async Task A_token_that_is_refused_and_still_listed_is_a_gap(CancellationToken cancellationToken)
    {
        _server.Refuse("auth/token/lookup-accessor", 403, "invalid accessor");

        var facts = await TakeAsync(null, cancellationToken);

        Assert.That((facts.Tokens.Count, facts.Gaps.Single()), Is.EqualTo((0, "2 tokens: 'auth/token/lookup-accessor' was answered with HTTP 403 (invalid accessor)")));
    }

    [Test]
    public async Task A_token_that_ended_meanwhile_is_no_gap(CancellationToken cancellationToken)
    {
        _server.Refuse("auth/token/lookup-accessor", 403, "invalid accessor");
        _server.Server.Before = _ =>
        {
            if (_server.Journal.Any(entry => entry.Contains("lookup-accessor", StringComparison.Ordinal)))
            {
                _server.Answer("auth/token/accessors", """{"data":{"keys":[]}}""");
            }
        };

        Assert.That((await TakeAsync(null, cancellationToken)).Gaps, Is.Empty);
    }

    [TestCase(200, TokenFacts.Valid)]
    [TestCase(403, TokenFacts.Revoked)]
    [TestCase(500, null)]
    public async Task The_first_root_token_is_tried(int status, string? expected, CancellationToken cancellationToken)
    {
        _server.Server.Replies["auth/token/lookup-self"] = new VaultReply(status, new JsonObject { ["data"] = new JsonObject { ["accessor"] = "mine" } }, []);

        Assert.That((await TakeAsync(new SecretText(FakeServer.RootTokenText), cancellationToken)).FirstRootToken, Is.EqualTo(expected));
    }

    [Test]
    public async Task Whether_a_root_token_is_made_stays_unknown_when_it_is_refused(CancellationToken cancellationToken)
    {
        _server.Refuse("sys/generate-root/attempt", 403, "permission denied");

        var facts = await TakeAsync(new SecretText(string.Empty), cancellationToken);

        Assert.That((facts.RootGeneration, facts.FirstRootToken), Is.EqualTo(((bool?)null, (string?)null)));
        Assert.That(facts.RootGenerationProblem, Is.EqualTo("'sys/generate-root/attempt' was answered with HTTP 403 (permission denied)"));
    }

    [Test]
    public async Task A_list_that_is_refused_ends_the_observation(CancellationToken cancellationToken)
    {
        _server.Refuse("auth/token/accessors", 403, "permission denied");

        await Assert.ThatAsync(() => TakeAsync(null, cancellationToken), Throws.InstanceOf<HarnessException>().With.Message.Contains("'auth/token/accessors' was answered with HTTP 403"));
    }

    private async Task<TokenFacts> TakeAsync(SecretText? root, CancellationToken cancellationToken)
    {
        using var reader = _server.Open();
        return await TokensProbe.ReadAsync(reader, root, cancellationToken);
    }
}
