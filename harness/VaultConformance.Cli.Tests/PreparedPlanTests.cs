using VaultConformance.Cli.Tests.Support;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

/// <summary>How a run is told what values rely on, and where a release keeps its keys.</summary>
public sealed class PreparedPlanTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task What_is_prepared_and_where_the_keys_are_arrives_in_plan_and_record()
    {
        _app.WriteWork("before/kms.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: kms}\n");
        _app.WriteWork("more.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: vault}\n");

        var plan = await PlanAsync("--prepare", "before", "--prepare", "more.yaml", "--unseal-keys-from", "secret/vault-keys");
        var record = PlanRecord.From(plan, []);

        Assert.That(plan.Release.Prepare, Is.EqualTo(new[] { Work("before"), Work("more.yaml") }));
        Assert.That(plan.Release.UnsealKeysSecret, Is.EqualTo("vault-keys"));
        Assert.That(record.Prepare, Is.EqualTo(new[] { "before", "more.yaml" }));
        Assert.That(record.UnsealKeysFrom, Is.EqualTo("secret/vault-keys"));
    }

    [Test]
    public async Task They_come_from_the_environment_and_the_file_too()
    {
        _app.WriteWork("kms.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: kms}\n");
        _app.Variables["VAULT_CONFORMANCE_PREPARE"] = "kms.yaml";
        _app.WriteWork("vault-conformance.yaml", "unseal-keys-from: secret/vault-keys\n");

        var plan = await PlanAsync();

        Assert.That((plan.Release.Prepare.Single(), plan.Release.UnsealKeysSecret), Is.EqualTo((Work("kms.yaml"), "vault-keys")));
    }

    [TestCase("--unseal-keys-from", "vault-keys", "'vault-keys' must be secret/NAME")]
    [TestCase("--unseal-keys-from", "secret/", "must be secret/NAME")]
    [TestCase("--unseal-keys-from", "secret/other/vault-keys", "must be secret/NAME")]
    [TestCase("--unseal-keys-from", "configmap/vault-keys", "must be secret/NAME")]
    [TestCase("--unseal-keys-from", "secret/Vault_Keys", "must be secret/NAME")]
    [TestCase("--prepare", "nowhere", "there is no file or folder")]
    [TestCase("--prepare", "values.yaml", "a document without apiVersion, kind or metadata.name")]
    public async Task What_cannot_be_prepared_or_is_no_secret_is_refused_before_anything_starts(string option, string value, string problem)
    {
        var result = await _app.RunAsync("run", option, value);

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain(option).And.Contain(problem));
        Assert.That(_app.Pipeline.Plan, Is.Null);
    }

    private string Work(string name) => Path.Combine(_app.WorkingFolder, name);

    private async Task<RunPlan> PlanAsync(params string[] arguments)
    {
        var result = await _app.RunAsync(["run", .. arguments]);
        Assert.That(result.Error, Is.Empty);
        return _app.Pipeline.Plan!;
    }
}
