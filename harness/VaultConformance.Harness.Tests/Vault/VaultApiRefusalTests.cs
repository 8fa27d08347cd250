namespace VaultConformance.Harness.Tests.Vault;

/// <summary>What a refusal or an answer that is not Vault's becomes, for every call of every client.</summary>
[CancelAfter(30_000)]
[TestFixtureSource(typeof(VaultClients), nameof(VaultClients.Names))]
public sealed class VaultApiRefusalTests(string client) : VaultApiContract(client)
{
    [Test]
    public async Task Vaults_own_words_are_told(
        [ValueSource(nameof(CallNames))] string call,
        [Values(400, 403, 404, 473, 500, 503)] int status,
        CancellationToken cancellationToken)
    {
        var vault = Answering(status, """{"errors":["1 error occurred:\n\t* permission denied\n\n","and more."]}""");
        using var api = Open(vault);

        var failure = await FailureAsync(() => MakeAsync(api, call, cancellationToken));

        Assert.That((failure.Kind, failure.Operation, failure.StatusCode), Is.EqualTo((FailureKind.Environment, Operation(call), (int?)status)));
        Assert.That(
            failure.Message,
            Is.EqualTo($"Vault server 'vault-0' answered '{Operation(call)}' with HTTP {status}: 1 error occurred: \t* permission denied; and more. See its log in the diagnostics."));
    }

    [TestCase("""{"errors":[]}""", "it gave no reason")]
    [TestCase("", "it gave no reason")]
    [TestCase("""{"initialized":true,"sealed":true,"standby":true}""", "it gave no reason")]
    [TestCase("""{"errors":["sealed"],"data":null,"warnings":"none"}""", "sealed")]
    [TestCase("""{"errors":[{"code":1}]}""", """{"code":1}""")]
    [TestCase("<html>502 Bad Gateway</html>", "the answer is not Vault's: no JSON")]
    [TestCase("[1]", "the answer is not Vault's: no JSON")]
    public async Task A_refusal_in_another_form_still_is_one(string body, string reason, CancellationToken cancellationToken)
    {
        foreach (var call in CallNames)
        {
            var vault = Answering(503, body);
            using var api = Open(vault);

            var failure = await FailureAsync(() => MakeAsync(api, call, cancellationToken));

            Assert.That(failure.StatusCode, Is.EqualTo(503));
            Assert.That(Flat(failure.Message), Is.EqualTo($"Vault server 'vault-0' answered '{Operation(call)}' with HTTP 503: {reason}. See its log in the diagnostics."));
        }
    }

    [Test]
    public async Task An_answer_that_is_not_Vaults_is_never_taken_for_one(
        [ValueSource(nameof(ReadingCallNames))] string call,
        [Values("<html>hello</html>", "", "{}", "[]", "{\"auth\":null}", "\"text\"", "{\"sealed\":\"no\",\"type\":7,\"keys_base64\":\"x\",\"auth\":[]}")] string body,
        CancellationToken cancellationToken)
    {
        var vault = Answering(200, body);
        using var api = Open(vault);

        var failure = await FailureAsync(() => MakeAsync(api, call, cancellationToken));

        Assert.That(failure.StatusCode, Is.Null);
        Assert.That(
            failure.Message,
            Does.StartWith($"Vault server 'vault-0' did not answer '{Operation(call)}': its answer is not Vault's: ").And.EndWith(" See its log in the diagnostics."));
    }

    [Test]
    public async Task A_server_that_gives_no_keys_has_not_been_initialised(CancellationToken cancellationToken)
    {
        var vault = Answering(200, $$"""{"keys":[],"keys_base64":[],"root_token":"{{TokenText}}"}""");
        using var api = Open(vault);

        var failure = await FailureAsync(() => api.InitializeAsync(1, 1, autoUnseal: false, cancellationToken));

        Assert.That(failure.Message, Does.Contain("its answer is not Vault's: 'keys_base64' is missing"));
        Assert.That(failure.ToString(), Does.Not.Contain(TokenText));
    }

    [Test]
    public async Task A_server_that_repeats_secrets_is_not_quoted(
        [ValueSource(nameof(CallNames))] string call, [Values(200, 400, 500)] int status, CancellationToken cancellationToken)
    {
        var secrets = $"token {TokenText} key {KeyText}";
        var vault = Answering(status, status == 200 ? secrets : $$"""{"errors":["{{secrets}}"]}""");
        using var api = Open(vault);

        var failure = await FailureAsync(async () =>
        {
            await MakeAsync(api, call, cancellationToken);
            throw new AssertionException("The call succeeded.");
        });

        Assert.That(failure.ToString(), Does.Not.Contain(TokenText).And.Not.Contain(KeyText));
        Assert.That(vault.Requests.Single().Line, Does.Not.Contain(TokenText).And.Not.Contain(Uri.EscapeDataString(KeyText)).And.Not.Contain(KeyText));
    }

    [Test]
    public async Task A_server_that_talks_without_end_is_cut_short(CancellationToken cancellationToken)
    {
        var error = new string('a', 50_000);
        var vault = Answering(500, $$"""{"errors":[{{string.Join(',', Enumerable.Repeat($"\"{error}\"", 20))}}]}""");
        using var api = Open(vault);

        var failure = await FailureAsync(() => api.UnsealAsync(Key, cancellationToken));

        Assert.That(failure.Message, Has.Length.LessThan(3_000));
    }

    private static string Flat(string text) => text.ReplaceLineEndings(" ").Replace("{   \"code\": 1 }", """{"code":1}""", StringComparison.Ordinal);
}
