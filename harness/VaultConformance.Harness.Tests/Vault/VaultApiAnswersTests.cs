using System.Text.Json.Nodes;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Vault;

/// <summary>What is sent and what is read, call by call, for every client.</summary>
[CancelAfter(30_000)]
[TestFixtureSource(typeof(VaultClients), nameof(VaultClients.Names))]
public sealed class VaultApiAnswersTests(string client) : VaultApiContract(client)
{
    private const string SealStatusBody =
        """{"type":"shamir","initialized":true,"sealed":true,"t":3,"n":5,"progress":1,"nonce":"n","version":"1.17.2","build_date":"2024-07-05T15:19:12Z","migration":false,"storage_type":"raft"}""";

    [Test]
    public async Task The_seal_status_is_read(CancellationToken cancellationToken)
    {
        var vault = Answering(200, SealStatusBody);
        using var api = Open(vault);

        Assert.That(await api.SealStatusAsync(cancellationToken), Is.EqualTo(new SealStatus("1.17.2", true, true, 3, 1, "shamir", "raft")));
        Assert.That(vault.Requests.Single(), Is.EqualTo(new ReceivedRequest("GET /v1/sys/seal-status", "", true, "")));
    }

    [Test]
    public async Task Health_is_asked_so_that_every_state_is_an_answer(CancellationToken cancellationToken)
    {
        var vault = Answering(
            200, """{"initialized":true,"sealed":false,"standby":true,"performance_standby":false,"server_time_utc":1700000000,"version":"1.17.2"}""");
        using var api = Open(vault);

        var health = await api.ReadHealthAsync(cancellationToken);

        Assert.That(health, Is.EqualTo(new ServerHealth("1.17.2", true, false, true)));
        Assert.That(health.Active, Is.False);
        Assert.That(vault.Requests.Single().Line, Does.StartWith("GET /v1/sys/health?")
            .And.Contain("standbyok=true").And.Contain("perfstandbyok=true").And.Contain("sealedcode=200").And.Contain("uninitcode=200").And.Contain("drsecondarycode=200"));
    }

    [Test]
    public async Task Initialising_asks_for_shares_and_gives_keys_and_root_token(CancellationToken cancellationToken)
    {
        var vault = Answering(200, $$"""{"keys":["aa"],"keys_base64":["{{KeyText}}","second"],"root_token":"{{TokenText}}"}""");
        using var api = Open(vault);

        var material = await api.InitializeAsync(5, 3, autoUnseal: false, cancellationToken);

        Assert.That(material.Keys.Select(key => key.Reveal()), Is.EqualTo((string[])[KeyText, "second"]));
        Assert.That(material.RootToken.Reveal(), Is.EqualTo(TokenText));
        Assert.That(material.AutoUnseal, Is.False);
        Assert.That(vault.Requests.Single().Line, Is.EqualTo("PUT /v1/sys/init"));
        Assert.That(Members(vault, "secret_shares", "secret_threshold"), Is.EqualTo("5 3"));
    }

    [Test]
    public async Task An_auto_unseal_gives_recovery_keys(CancellationToken cancellationToken)
    {
        var vault = Answering(
            200, $$"""{"keys":[],"keys_base64":[],"recovery_keys":["aa"],"recovery_keys_base64":["{{KeyText}}"],"root_token":"{{TokenText}}"}""");
        using var api = Open(vault);

        var material = await api.InitializeAsync(1, 1, autoUnseal: true, cancellationToken);

        Assert.That(material.Keys.Single().Reveal(), Is.EqualTo(KeyText));
        Assert.That(material.AutoUnseal, Is.True);
        Assert.That(Members(vault, "recovery_shares", "recovery_threshold"), Is.EqualTo("1 1"));
    }

    [Test]
    public async Task A_key_share_is_sent_in_the_body(CancellationToken cancellationToken)
    {
        var vault = Answering(200, SealStatusBody.Replace("\"sealed\":true", "\"sealed\":false", StringComparison.Ordinal));
        using var api = Open(vault);

        Assert.That((await api.UnsealAsync(Key, cancellationToken)).Sealed, Is.False);
        Assert.That(vault.Requests.Single().Line, Is.EqualTo("PUT /v1/sys/unseal"));
        Assert.That(Members(vault, "key"), Is.EqualTo(KeyText));
    }

    [Test]
    public async Task Joining_names_the_leader_and_its_authority(CancellationToken cancellationToken)
    {
        var vault = Answering(200, """{"joined":true}""");
        using var api = Open(vault);

        await api.JoinRaftAsync("https://vault-0.vault-internal:8200", "PEM", cancellationToken);

        Assert.That(vault.Requests.Single().Line, Is.EqualTo("POST /v1/sys/storage/raft/join"));
        Assert.That(Members(vault, "leader_api_addr", "leader_ca_cert"), Is.EqualTo("https://vault-0.vault-internal:8200 PEM"));
    }

    [Test]
    public async Task A_policy_is_written_under_its_name_with_the_token_in_the_header(CancellationToken cancellationToken)
    {
        var vault = Answering(204, "");
        using var api = Open(vault);

        await api.WritePolicyAsync(Token, "the auditor", "path \"x\" {}", cancellationToken);

        var request = vault.Requests.Single();
        Assert.That((request.Line, request.Token), Is.EqualTo(("PUT /v1/sys/policies/acl/the auditor", TokenText)));
        Assert.That(Members(vault, "policy"), Is.EqualTo("path \"x\" {}"));
    }

    [Test]
    public async Task The_auditors_token_is_an_orphan_with_one_policy_and_an_explicit_end(CancellationToken cancellationToken)
    {
        var vault = Answering(
            200, """{"request_id":"r","lease_id":"","renewable":false,"lease_duration":0,"data":null,"warnings":null,"auth":{"client_token":"hvs.made","policies":["auditor"]}}""");
        using var api = Open(vault);

        var made = await api.CreateOrphanTokenAsync(Token, "auditor", TimeSpan.FromMinutes(30), cancellationToken);

        Assert.That(made.Reveal(), Is.EqualTo("hvs.made"));
        Assert.That((vault.Requests.Single().Line, vault.Requests.Single().Token), Is.EqualTo(("POST /v1/auth/token/create", TokenText)));
        Assert.That(
            Members(vault, "ttl", "explicit_max_ttl", "no_default_policy", "no_parent", "display_name"), Is.EqualTo("1800s 1800s true true vault-conformance-auditor"));
        Assert.That(Body(vault)["policies"]!.ToJsonString(), Is.EqualTo("""["auditor"]"""));
        Assert.That(Body(vault)["id"], Is.Null);
        Assert.That(Body(vault)["period"]?.ToString(), Is.Null.Or.Empty);
    }

    [Test]
    public async Task A_token_revokes_itself(CancellationToken cancellationToken)
    {
        var vault = Answering(204, "");
        using var api = Open(vault);

        await api.RevokeSelfAsync(Token, cancellationToken);

        Assert.That((vault.Requests.Single().Line, vault.Requests.Single().Token), Is.EqualTo(("POST /v1/auth/token/revoke-self", TokenText)));
    }

    [Test]
    public async Task The_sanitised_configuration_is_the_data(CancellationToken cancellationToken)
    {
        var vault = Answering(200, """{"data":{"disable_mlock":true},"disable_mlock":true}""");
        using var api = Open(vault);

        Assert.That((await api.ReadSanitizedConfigAsync(Token, cancellationToken)).ToJsonString(), Is.EqualTo("""{"disable_mlock":true}"""));
        Assert.That((vault.Requests.Single().Line, vault.Requests.Single().Token), Is.EqualTo(("GET /v1/sys/config/state/sanitized", TokenText)));
    }

    private static JsonObject Body(FakeVault vault) => JsonNode.Parse(vault.Requests.Single().Body)!.AsObject();

    private static string Members(FakeVault vault, params string[] names) => string.Join(' ', names.Select(name => Body(vault)[name]?.ToString()));
}
