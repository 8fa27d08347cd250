using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Vault;

/// <summary>The forms in which releases keep their keys, and that nothing else is taken for one.</summary>
public sealed class UnsealKeysTests
{
    private const string One = "m8yCqAzvYc0WIJb2w7F1n5QkZr4tLxPd6sHgUeVoXb8=";
    private const string Two = "q83vEjRWeJCrze8SNFZ4kA==";
    private const string Hex = "00112233445566778899aabbccddeeff0011223344";

    private static readonly TestCaseData[] Forms =
    [
        Form("init.json", $$"""{"unseal_keys_b64": ["{{One}}", "{{Two}}"], "unseal_keys_hex": ["{{Hex}}"], "root_token": "hvs.x"}""", [One, Two], "hvs.x"),
        Form("response", $$"""{"keys": ["{{Hex}}"], "keys_base64": ["{{One}}"], "root_token": "hvs.y"}""", [One], "hvs.y"),
        Form("unseal-keys", $$"""["{{One}}", "{{Two}}"]""", [One, Two], null),
        Form("unseal-keys", $"{One}\n{Two}\n", [One, Two], null),
        Form("keys", $"{One},{Two}", [One, Two], null),
        Form("vault-unseal-0", One, [One], null),
        Form("VAULT_UNSEAL_KEY_1", Hex, [Hex], null),
        Form("unseal-key", One + "\n", [One], null),
        Form("key1", One, [One], null),
    ];

    [TestCaseSource(nameof(Forms))]
    public void Every_usual_form_is_read(string entry, string value, string[] shares, string? root)
    {
        var keys = UnsealKeys.Read("vault-keys", new Dictionary<string, string> { [entry] = value });

        Assert.That(keys.Shares.Select(share => share.Reveal()), Is.EqualTo(shares));
        Assert.That(keys.RootToken?.Reveal(), Is.EqualTo(root));
    }

    [TestCase("root-token")]
    [TestCase("vault-root")]
    [TestCase("VAULT_ROOT_TOKEN")]
    [TestCase("initial_root_token")]
    public void The_root_token_may_stand_in_an_entry_of_its_own(string name)
    {
        var keys = UnsealKeys.Read("vault-keys", new Dictionary<string, string> { ["key-1"] = One, ["key-2"] = Two, [name] = "hvs.z\n" });

        Assert.That((keys.Shares.Count, keys.RootToken?.Reveal()), Is.EqualTo((2, "hvs.z")));
    }

    [TestCase("password", One, "holds no unseal keys")]
    [TestCase("unseal-key-1", "", "holds no unseal keys")]
    [TestCase("init.json", "{\"root_token\": \"hvs.CanaryCanaryCanary\"}", "holds no unseal keys")]
    [TestCase("init.json", "{\"unseal_keys_b64\": \"CanaryCanaryCanary\"}", "holds no unseal keys")]
    [TestCase("unseal-key-1", "CanaryCanary!CanaryCanary", "holds something that is not an unseal key")]
    [TestCase("unseal-key-1", "Q2FuYXJ5", "holds something that is not an unseal key")]
    [TestCase("keys", "[\"CanaryCanary!\"]", "holds something that is not an unseal key")]
    public void What_is_no_key_is_refused_by_the_names_of_entries_alone(string entry, string value, string problem) => Assert.That(
        () => UnsealKeys.Read("vault-keys", new Dictionary<string, string> { [entry] = value }),
        Throws.TypeOf<HarnessException>().With.Message.Contains($"Secret 'vault-keys', which --unseal-keys-from names, {problem}")
            .And.Message.EndsWith($"Its entries are '{entry}'.").And.Message.Not.Contains("Canary").And.Message.Not.Contains(One)
            .And.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration));

    [Test]
    public void Keys_never_print_themselves()
    {
        var keys = UnsealKeys.Read("vault-keys", new Dictionary<string, string> { ["key-1"] = One, ["root-token"] = "hvs.z" });

        Assert.That($"{keys} {string.Join(' ', keys.Shares)} {keys.RootToken}", Does.Not.Contain(One).And.Not.Contain("hvs.z"));
    }

    private static TestCaseData Form(string entry, string value, string[] shares, string? root) => new TestCaseData(entry, value, shares, root).SetArgDisplayNames(entry, value[..1]);
}
