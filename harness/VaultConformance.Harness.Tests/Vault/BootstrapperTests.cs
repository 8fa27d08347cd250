using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Tests.Vault;

[CancelAfter(20_000)]
public sealed class BootstrapperTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);
    private const string Share = FakeServer.KeyText;
    private readonly List<string> _journal = [];
    private readonly RecordedProgress _progress = new();
    private readonly SecretRedactor _redactor = new();

    [SetUp]
    public void Forget() => _journal.Clear();

    [Test]
    public async Task One_server_is_initialised_unsealed_and_handed_over_to_an_auditor(CancellationToken cancellationToken)
    {
        var server = Server("vault-0");

        var result = await RunAsync([server], join: null, cancellationToken);

        Assert.That(_journal, Is.EqualTo((string[])[
            "vault-0: init 1/1", "vault-0: unseal", "vault-0: policy vault-conformance-auditor", "vault-0: token vault-conformance-auditor", "vault-0: revoke root"]));
        Assert.That(result.Auditor!.Reveal(), Is.EqualTo(FakeServer.AuditorTokenText));
        Assert.That(server.AuditorTimeToLive, Is.EqualTo(TimeSpan.FromMinutes(30)));
        Assert.That(server.AuditorPolicyText, Does.Contain("\"sys/config/state/sanitized\" { capabilities = [\"read\"] }").And.Not.Contain("secret").And.Not.Contain("\"create\""));
    }

    [Test]
    public async Task What_the_server_has_of_itself_is_read_before_anybody_configures_it(CancellationToken cancellationToken)
    {
        var server = Server("vault-0");
        server.Replies["sys/auth"] = Answer("""{"data":{"token/":{"type":"token"}}}""");
        server.Replies["sys/mounts"] = Answer("""{"data":{"sys/":{"type":"system"},"agents/":{"type":"agents"}}}""");

        var result = await RunAsync([server], join: null, cancellationToken);

        Assert.That(result.Baseline!.AuthMethods, Is.EqualTo(new[] { "token/ (token)" }));
        Assert.That(result.Baseline.Engines, Is.EqualTo(new[] { "sys/ (system)", "agents/ (agents)" }));
        Assert.That(server.AuditorPolicyText, Does.Contain("path \"auth/token/roles/+\"").And.Contain("path \"sys/mounts/agents/tune\""));
    }

    [Test]
    public async Task A_server_that_does_not_list_its_mounts_has_no_baseline(CancellationToken cancellationToken) =>
        Assert.That((await RunAsync([Server("vault-0")], join: null, cancellationToken)).Baseline, Is.Null);

    [Test]
    public async Task Followers_join_the_unsealed_first_server_and_are_unsealed_before_the_handover(CancellationToken cancellationToken)
    {
        await RunAsync([Server("vault-0"), Server("vault-1"), Server("vault-2")], new RaftJoin("PEM"), cancellationToken);

        Assert.That(_journal.Take(2), Is.EqualTo((string[])["vault-0: init 1/1", "vault-0: unseal"]));
        Assert.That(_journal.Skip(2).Take(4), Is.EquivalentTo((string[])[
            "vault-1: join https://vault-0.vault-internal:8200/ trusting PEM", "vault-1: unseal", "vault-2: join https://vault-0.vault-internal:8200/ trusting PEM", "vault-2: unseal"]));
        Assert.That(_journal.IndexOf("vault-1: unseal"), Is.GreaterThan(_journal.FindIndex(entry => entry.StartsWith("vault-1: join", StringComparison.Ordinal))));
        Assert.That(_journal[^1], Is.EqualTo("vault-0: revoke root"));
    }

    [Test]
    public async Task Followers_whose_configuration_tells_them_are_not_told_again(CancellationToken cancellationToken)
    {
        await RunAsync([Server("vault-0"), new FakeServer("vault-1", _journal) { JoinsByItself = true }], join: null, cancellationToken);

        Assert.That(_journal, Has.None.Contains("join").And.Member("vault-1: unseal"));
    }

    [TestCase(true, "sealed")]
    [TestCase(false, "unsealed")]
    public async Task A_server_that_the_release_initialised_itself_is_taken_as_it_is(bool isSealed, string word, CancellationToken cancellationToken)
    {
        var server = Server("vault-0");
        (server.Initialized, server.Sealed) = (true, isSealed);

        var result = await RunAsync([server], join: null, cancellationToken);

        Assert.That(_journal, Is.Empty);
        Assert.That((result.Auditor, result.Material.Keys.Count, result.Material.StaysSealed), Is.EqualTo(((SecretText?)null, 0, isSealed)));
        Assert.That(result.NoAuditor, Does.Contain("initialised its server itself").And.Contain("--unseal-keys-from secret/NAME"));
        Assert.That(_progress.Events.Select(item => item.Message), Has.Some.StartsWith($"'vault-0' was initialised by the release itself and is {word}."));
    }

    [Test]
    public async Task A_server_that_a_hook_initialises_in_the_same_moment_is_taken_as_it_is(CancellationToken cancellationToken)
    {
        var server = Server("vault-0").Failing("init", 400);
        server.Before = operation => server.Initialized |= operation == "init";

        var result = await RunAsync([server], join: null, cancellationToken);

        Assert.That(result.Auditor, Is.Null);
    }

    [Test]
    public async Task Keys_that_the_user_names_unseal_and_their_root_token_makes_the_auditor(CancellationToken cancellationToken)
    {
        var server = Server("vault-0");
        (server.Initialized, server.Sealed) = (true, true);
        var looks = 0;

        var result = await RunAsync([server], join: null, cancellationToken, keys: new UnsealKeySource("vault-keys", _ => Task.FromResult(
            ++looks < 3 ? null : UnsealKeys.Read("vault-keys", new Dictionary<string, string> { ["unseal-key-1"] = Share, ["root-token"] = "a-root-token-of-the-release" }))));

        Assert.That(_journal, Is.EqualTo((string[])["vault-0: unseal", "vault-0: policy vault-conformance-auditor", "vault-0: token vault-conformance-auditor"]));
        Assert.That(result.Auditor, Is.Not.Null);
        Assert.That(_redactor.Redact($"{Share} a-root-token-of-the-release"), Is.EqualTo("*** ***"));
    }

    [Test]
    public async Task Keys_without_a_root_token_unseal_and_no_more(CancellationToken cancellationToken)
    {
        var server = Server("vault-0");
        (server.Initialized, server.Sealed) = (true, true);

        var result = await RunAsync([server], join: null, cancellationToken, keys: new UnsealKeySource("vault-keys", _ => Task.FromResult<UnsealKeys?>(
            UnsealKeys.Read("vault-keys", new Dictionary<string, string> { ["unseal-key-1"] = Share }))));

        Assert.That(_journal, Is.EqualTo((string[])["vault-0: unseal"]));
        Assert.That(result.NoAuditor, Is.EqualTo("Secret 'vault-keys', which --unseal-keys-from names, holds unseal keys and no root token"));
    }

    [Test]
    public async Task Keys_that_never_come_end_the_wait(CancellationToken cancellationToken) => await Assert.ThatAsync(
        () => RunAsync([Server("vault-0")], join: null, cancellationToken, keys: new UnsealKeySource("vault-keys", _ => Task.FromResult<UnsealKeys?>(null))),
        Throws.InstanceOf<HarnessException>().With.Message.Contains("Secret 'vault-keys' with the keys of the release, which --unseal-keys-from names, to be made"));

    [Test]
    public async Task A_server_in_development_mode_is_taken_as_it_is_and_keeps_its_root_token(CancellationToken cancellationToken)
    {
        var server = Server("vault-0");
        (server.Initialized, server.Sealed) = (true, false);

        var result = await RunAsync([server], join: null, cancellationToken, developmentToken: new SecretText("a-token-of-the-values"));

        Assert.That(_journal, Is.EqualTo((string[])["vault-0: policy vault-conformance-auditor", "vault-0: token vault-conformance-auditor"]));
        Assert.That((result.Material.Keys.Count, result.Auditor!.Reveal()), Is.EqualTo((0, FakeServer.AuditorTokenText)));
        Assert.That(_progress.Events.Select(item => item.Message), Has.Some.StartsWith("'vault-0' runs in development mode"));
        Assert.That(_redactor.Redact("it is a-token-of-the-values"), Is.EqualTo("it is ***"));
    }

    [TestCase("""{"env": [{"name": "HOME", "value": "/"}, {"name": "VAULT_DEV_ROOT_TOKEN_ID", "value": "root"}]}""", "root")]
    [TestCase("""{"env": [{"name": "VAULT_DEV_ROOT_TOKEN_ID", "value": ""}]}""", null)]
    [TestCase("""{"env": [{"name": "VAULT_DEV_ROOT_TOKEN_ID", "valueFrom": {"secretKeyRef": {"name": "x", "key": "y"}}}]}""", null)]
    [TestCase("""{"env": []}""", null)]
    [TestCase("{}", null)]
    public void The_root_token_of_development_mode_stands_in_the_environment(string container, string? token) =>
        Assert.That(DevelopmentMode.FindRootToken(System.Text.Json.Nodes.JsonNode.Parse(container)!)?.Reveal(), Is.EqualTo(token));

    [TestCase("awskms")]
    [TestCase("transit")]
    public async Task An_auto_unseal_makes_recovery_keys_and_needs_no_key(string seal, CancellationToken cancellationToken)
    {
        var result = await RunAsync([new FakeServer("vault-0", _journal) { SealType = seal }], join: null, cancellationToken);

        Assert.That(_journal.Take(2), Is.EqualTo((string[])["vault-0: init with recovery keys", "vault-0: policy vault-conformance-auditor"]));
        Assert.That(result.Material.AutoUnseal, Is.True);
        Assert.That(_progress.Events.Select(item => item.Message), Has.Member($"'vault-0' initialised (auto-unseal by {seal})"));
    }

    [Test]
    public async Task Moments_of_no_answer_are_waited_out(CancellationToken cancellationToken)
    {
        var first = Server("vault-0").Failing("seal-status", 0, times: 1).Failing("unseal", 500, times: 1).Failing("health", 503, times: 1);
        var second = Server("vault-1").Failing("join", 500, times: 1);

        await RunAsync([first, second], new RaftJoin(null), cancellationToken, TimeSpan.FromSeconds(15));

        Assert.That(_journal[^1], Is.EqualTo("vault-0: revoke root"));
    }

    [TestCase("unseal", 400, "Vault server 'vault-0' answered 'unseal' with HTTP 400: the test says so. See its log in the diagnostics.")]
    [TestCase("unseal", 500, "Waiting for Vault server 'vault-0' to be unsealed took longer than 00:00:00.5000000. Last seen: Vault server 'vault-0' answered 'unseal' with HTTP 500: the test says so. See its log in the diagnostics. See the server logs in the diagnostics folder.")]
    [TestCase("health", 500, "Waiting for Vault server 'vault-0' to become active took longer than 00:00:00.5000000. Last seen: Vault server 'vault-0' answered 'health' with HTTP 500: the test says so. See its log in the diagnostics. See the server logs in the diagnostics folder.")]
    [TestCase("policy", 403, "Vault server 'vault-0' answered 'policy' with HTTP 403: the test says so. See its log in the diagnostics.")]
    [TestCase("token", 400, "Vault server 'vault-0' answered 'token' with HTTP 400: the test says so. See its log in the diagnostics.")]
    public async Task Whatever_fails_later_the_root_token_is_revoked(string operation, int status, string message, CancellationToken cancellationToken)
    {
        await Assert.ThatAsync(
            () => RunAsync([Server("vault-0").Failing(operation, status)], join: null, cancellationToken), Throws.InstanceOf<HarnessException>().With.Message.EqualTo(message));

        Assert.That(_journal[^1], Is.EqualTo("vault-0: revoke root"));
        Assert.That(_progress.Events.Select(item => item.Message), Has.Member("root token revoked, although the bootstrap failed"));
    }

    [Test]
    public async Task A_follower_that_refuses_ends_the_waits_for_the_others(CancellationToken cancellationToken)
    {
        var refusing = Server("vault-1").Failing("join", 400);
        var hanging = Server("vault-2").Failing("join", 503);

        await Assert.ThatAsync(
            () => RunAsync([Server("vault-0"), refusing, hanging], new RaftJoin(null), cancellationToken, TimeSpan.FromMinutes(5)),
            Throws.TypeOf<VaultApiException>().With.Message.Contains("'vault-1' answered 'join' with HTTP 400"));
        Assert.That(_journal[^1], Is.EqualTo("vault-0: revoke root"));
    }

    [Test]
    public async Task An_interruption_revokes_the_root_token_too(CancellationToken cancellationToken)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var server = Server("vault-0");
        server.Before = operation =>
        {
            if (operation == "policy")
            {
                interrupted.Cancel();
            }
        };

        await Assert.ThatAsync(() => RunAsync([server], join: null, interrupted.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_journal[^1], Is.EqualTo("vault-0: revoke root"));
    }

    [Test]
    public async Task A_root_token_that_cannot_be_revoked_is_told_and_hides_no_cause(CancellationToken cancellationToken)
    {
        var server = Server("vault-0").Failing("policy", 403).Failing("revoke", 503);

        await Assert.ThatAsync(() => RunAsync([server], join: null, cancellationToken), Throws.TypeOf<VaultApiException>().With.Message.Contains("'policy'"));
        Assert.That(
            _progress.Events.Select(item => item.Message),
            Has.Some.StartsWith("the root token could not be revoked and ends with the storage of 'vault-0': Vault server 'vault-0' answered 'revoke' with HTTP 503"));
    }

    [Test]
    public async Task A_handover_without_revocation_is_a_failure(CancellationToken cancellationToken) =>
        await Assert.ThatAsync(
            () => RunAsync([Server("vault-0").Failing("revoke", 503)], join: null, cancellationToken), Throws.TypeOf<VaultApiException>().With.Message.Contains("'revoke'"));

    [Test]
    public async Task Secrets_are_known_to_the_redactor_from_the_start_and_never_print_themselves(CancellationToken cancellationToken)
    {
        var result = await RunAsync([Server("vault-0")], join: null, cancellationToken);

        var printed = $"{result} {result.Material} {result.Auditor} {result.Material.RootToken} {string.Join(' ', result.Material.Keys)} {string.Join(' ', _progress.Events)}";
        Assert.That(printed, Does.Not.Contain(FakeServer.RootTokenText).And.Not.Contain(FakeServer.KeyText).And.Not.Contain(FakeServer.AuditorTokenText));
        Assert.That(
            _redactor.Redact($"a {FakeServer.RootTokenText} b {FakeServer.KeyText} c {FakeServer.AuditorTokenText} d"), Is.EqualTo("a *** b *** c *** d"));
    }

    private FakeServer Server(string pod) => new(pod, _journal);

    private Task<BootstrapResult> RunAsync(
        IReadOnlyList<FakeServer> servers, RaftJoin? join, CancellationToken cancellationToken, TimeSpan? limit = null, SecretText? developmentToken = null, UnsealKeySource? keys = null) =>
        new VaultBootstrapper(new Wait(TimeProvider.System), limit ?? Limit, _progress, _redactor)
            .RunAsync([.. servers.Select(server => server.Connection)], join, developmentToken, keys, cancellationToken);

    private static VaultReply Answer(string json) => new(200, JsonNode.Parse(json)!.AsObject(), []);
}
