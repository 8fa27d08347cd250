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

    [Test]
    public async Task Storage_classes_come_from_the_command_line_the_file_and_the_environment()
    {
        var given = await PlanAsync("--storage-class-map", "gp3=local-path", "--storage-class-map", "managed-csi=local-path");
        _app.WriteWork("vault-conformance.yaml", "storage-class-map: [gp3=local-path]\n");
        var written = await PlanAsync();
        _app.Variables["VAULT_CONFORMANCE_STORAGE_CLASS_MAP"] = "fast=local-path";
        var set = await PlanAsync();

        Assert.That(Storage(given), Is.EqualTo(new[] { "gp3=local-path", "managed-csi=local-path" }));
        Assert.That((Storage(written).Single(), Storage(set).Single()), Is.EqualTo(("gp3=local-path", "fast=local-path")));
        Assert.That(PlanRecord.From(given, []).Cluster.StorageClasses, Is.EqualTo(Storage(given)));
        Assert.That(RunPlanText.Describe(given).Where(fact => fact.Name == "storage").Select(fact => fact.Value), Is.EqualTo(Storage(given)));
    }

    [Test]
    public async Task On_an_existing_cluster_no_storage_class_is_ever_made()
    {
        _app.WriteWork("kubeconfig", "apiVersion: v1\n");

        var result = await _app.RunAsync("run", "--kubeconfig", "kubeconfig", "--context", "prod", "--storage-class-map", "gp3=local-path");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("--storage-class-map: belongs to a cluster that is started for the run, not to an existing one; leave it or --kubeconfig out"));
    }

    private static IEnumerable<string> Storage(RunPlan plan) => ((ClusterPlan.Managed)plan.Cluster).StorageClasses.Select(alias => alias.ToString());

    [TestCase("--storage-class-map", "gp3", "'gp3' must be the StorageClass that the values name, '=', and another one that the node has, for example gp3=local-path")]
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
