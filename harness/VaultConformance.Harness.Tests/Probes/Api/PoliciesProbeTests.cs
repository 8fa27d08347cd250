using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Api;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Probes.Api;

[CancelAfter(20_000)]
public sealed class PoliciesProbeTests
{
    private const string Text = "path \"a/*\" { capabilities = [\"read\"] }";
    private readonly ApiServer _server = new();

    [OneTimeTearDown]
    public void CloseServer() => _server.Dispose();

    [SetUp]
    public void OnePolicy()
    {
        _server.Server.Replies.Clear();
        _server.Answer("sys/policies/acl", """{"data":{"keys":["default","root"]}}""").Answer("sys/policies/acl/default", """{"data":{"policy":"path \"a/*\" { capabilities = [\"read\"] }"}}""")
            .Refuse("identity/group/id", 404).Refuse("identity/entity/id", 404).Refuse("sys/policies/rgp", 404, "unsupported path").Refuse("sys/policies/egp", 404, "unsupported path");
    }

    [Test]
    public async Task Rules_are_kept_and_root_has_none(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(PolicyDigest.Compute(Text), cancellationToken);

        Assert.That(facts.Policies.Single().Rules!.Select(rule => $"{rule.Path} {string.Join(',', rule.Capabilities)}"), Is.EqualTo(new[] { "a/* read" }));
        Assert.That((facts.DefaultChanged, facts.Gaps.Count, facts.Holders.Count), Is.EqualTo(((bool?)false, 0, 0)));
    }

    [TestCase("another digest", true)]
    [TestCase(null, null)]
    public async Task The_default_policy_is_compared_with_what_it_was(string? digest, bool? expected, CancellationToken cancellationToken) =>
        Assert.That((await TakeAsync(digest, cancellationToken)).DefaultChanged, Is.EqualTo(expected));

    [TestCase("path \\\"a\\\" {", "its text cannot be parsed (line 1)")]
    public async Task A_text_that_cannot_be_parsed_is_named(string text, string problem, CancellationToken cancellationToken)
    {
        _server.Answer("sys/policies/acl/default", $$$"""{"data":{"policy":"{{{text}}}"}}""");

        var policy = (await TakeAsync(null, cancellationToken)).Policies.Single();

        Assert.That((policy.Rules, policy.Problem), Is.EqualTo(((IReadOnlyList<PolicyRule>?)null, problem)));
    }

    [Test]
    public async Task What_gives_policies_is_listed_and_what_hides_is_a_gap(CancellationToken cancellationToken)
    {
        _server.Answer("identity/group/id", """{"data":{"keys":["1"]}}""").Answer("identity/group/id/1", """{"data":{"name":"ops","policies":["admin"]}}""")
            .Refuse("identity/entity/id", 403, "permission denied").Answer("sys/policies/egp", """{"data":{"keys":["hours"]}}""");

        var facts = await TakeAsync(null, cancellationToken);

        Assert.That($"{facts.Holders.Single().Name}: {facts.Holders[0].Policies[0]}", Is.EqualTo("group ops: admin"));
        Assert.That(facts.Gaps, Is.EqualTo(new[] { "entity: 'identity/entity/id' was answered with HTTP 403 (permission denied)", "policy hours of 'sys/policies/egp' is not judged" }));
    }

    private async Task<PolicyFacts> TakeAsync(string? digest, CancellationToken cancellationToken)
    {
        using var reader = _server.Open();
        return await PoliciesProbe.ReadAsync(reader, digest, cancellationToken);
    }
}
