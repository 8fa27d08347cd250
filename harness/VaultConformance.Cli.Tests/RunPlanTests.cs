using VaultConformance.Cli.Tests.Support;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

public sealed class RunPlanTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task Without_settings_the_compliant_fixture_is_tested_on_a_cluster_of_our_own()
    {
        var plan = await PlanAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Release.ValuesFiles, Is.EqualTo(new[] { _app.Repository.DefaultValues }));
            Assert.That(plan.Release.Setup.Select(step => step.Name), Is.EqualTo(new[] { "compliant.yaml" }), "the example values are compliant only with their setup");
            Assert.That(plan.Release.Name, Is.EqualTo("vault"));
            Assert.That(plan.Release.Chart, Is.Null);
            Assert.That(plan.Cluster, Is.InstanceOf<ClusterPlan.Managed>().With.Property("Offline").False);
            Assert.That(plan.Controls.Profile.Reference, Is.EqualTo("baseline@1.0"));
            Assert.That(plan.Controls.Only, Is.Empty);
            Assert.That(plan.Controls.Disruptive, Is.True);
            Assert.That(plan.Timeout, Is.EqualTo(TimeSpan.FromMinutes(15)));
            Assert.That(plan.SetupAllowed, Is.True);
            Assert.That(plan.Keep, Is.False);
            Assert.That(plan.RunId, Does.Match("^20260301-120000-[0-9a-f]{4}$"));
            Assert.That(plan.OutputFolder, Is.EqualTo(Path.Combine(_app.WorkingFolder, "out", plan.RunId)));
        }
    }

    [Test]
    public async Task Every_setting_arrives_in_the_plan()
    {
        _app.WriteWork("archive.tar", "");
        _app.WriteWork("patch.yaml", "target: {kind: StatefulSet}\npatch: {spec: {replicas: 1}}\n");
        _app.WriteWork("recipe.json", "{\"description\": \"good\"}");
        _app.WriteWork("helm", "");
        _app.WriteWork("w1.yaml", "waivers: []\n");
        _app.WriteWork("w2.yaml", "waivers: []\n");
        _app.WriteWork("chart/Chart.yaml", "name: vault\n");

        var plan = await PlanAsync(
            "--values", "values.yaml", "--values", "./values.yaml", "--chart", "chart", "--release", "v1", "--namespace", "ns", "--patch", "patch.yaml",
            "--certificates", "recipe.json", "--vault-image", "docker.io/hashicorp/vault:1.21.4", "--k3s-image", "rancher/k3s:v1.34.1-k3s1", "--image-archive", "archive.tar",
            "--node-ulimit", "core=0:0", "--node-ulimit", "memlock=-1:-1", "--helm", "./helm", "--offline", "--profile", "hardened@2.0", "--waivers", "w1.yaml", "--waivers", "./w2.yaml",
            "--only", "core", "--no-disruptive",
            "--output", "results", "--keep", "--timeout", "1h30m", "--no-setup");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Release.ValuesFiles, Is.EqualTo(new[] { Work("values.yaml"), Work("values.yaml") }));
            Assert.That(plan.Release.Chart!.Name, Is.EqualTo(Work("chart")));
            Assert.That((plan.Release.Name, plan.Release.Namespace), Is.EqualTo(("v1", "ns")));
            Assert.That(plan.Release.Patches, Is.EqualTo(new[] { Work("patch.yaml") }));
            Assert.That(plan.Release.CertificatesRecipe, Is.EqualTo(Work("recipe.json")));
            Assert.That(plan.Release.VaultImage, Is.EqualTo("docker.io/hashicorp/vault:1.21.4"));
            Assert.That(plan.Cluster, Is.InstanceOf<ClusterPlan.Managed>());
            var cluster = (ClusterPlan.Managed)plan.Cluster;
            Assert.That(cluster.Offline, Is.True);
            Assert.That(cluster.K3sImage, Is.EqualTo("rancher/k3s:v1.34.1-k3s1"));
            Assert.That(cluster.ImageArchives, Is.EqualTo(new[] { Work("archive.tar") }));
            Assert.That(cluster.Ulimits.Select(limit => limit.ToString()), Is.EqualTo(new[] { "ulimit core=0:0", "ulimit memlock=-1:-1" }));
            Assert.That(plan.Helm, Is.EqualTo(Work("helm")));
            Assert.That(plan.Controls.Profile.Reference, Is.EqualTo("hardened@2.0"));
            Assert.That(plan.Controls.Only, Is.Not.Empty.And.All.Property("Family").EqualTo("CORE"));
            Assert.That(plan.Controls.Waivers.Select(file => file.Path), Is.EqualTo(new[] { Work("w1.yaml"), Work("w2.yaml") }));
            Assert.That(plan.Controls.Disruptive, Is.False);
            Assert.That(plan.OutputFolder, Is.EqualTo(Work("results")));
            Assert.That(plan.Timeout, Is.EqualTo(TimeSpan.FromMinutes(90)));
            Assert.That((plan.Keep, plan.SetupAllowed), Is.EqualTo((true, false)));
        }
    }

    [Test]
    public async Task A_flag_beats_the_environment_which_beats_the_file_which_beats_the_default()
    {
        Assert.That((await PlanAsync()).Release.Name, Is.EqualTo("vault"));

        _app.WriteWork("vault-conformance.yaml", "release: from-file\n");
        Assert.That((await PlanAsync()).Release.Name, Is.EqualTo("from-file"));

        _app.Variables["VAULT_CONFORMANCE_RELEASE"] = "from-environment";
        Assert.That((await PlanAsync()).Release.Name, Is.EqualTo("from-environment"));

        Assert.That((await PlanAsync("--release", "from-flag")).Release.Name, Is.EqualTo("from-flag"));
    }

    [Test]
    public async Task A_list_of_a_stronger_layer_replaces_the_weaker_one_as_a_whole()
    {
        _app.WriteWork("vault-conformance.yaml", "node-ulimit: ['core=0:0', 'nofile=1024:1024']\n");
        Assert.That(Ulimits(await PlanAsync()), Has.Count.EqualTo(2));

        _app.Variables["VAULT_CONFORMANCE_NODE_ULIMIT"] = "memlock=-1:-1; core=0:0;nproc=9";
        Assert.That(Ulimits(await PlanAsync()), Is.EqualTo(new[] { "memlock", "core", "nproc" }));

        Assert.That(Ulimits(await PlanAsync("--node-ulimit", "cpu=5")), Is.EqualTo(new[] { "cpu" }));
    }

    [TestCase("--only", "core-1", "--only", "CORE-2")]
    [TestCase("--only", "CORE-2, CORE-1,core-1")]
    public async Task Controls_are_named_one_by_one_or_with_commas(params string[] arguments) =>
        Assert.That((await PlanAsync(arguments)).Controls.Only.Select(id => id.ToString()), Is.EqualTo(new[] { "CORE-1", "CORE-2" }));

    [Test]
    public async Task A_switch_can_be_turned_off_again_by_a_stronger_layer()
    {
        _app.WriteWork("vault-conformance.yaml", "keep: true\n");
        Assert.That((await PlanAsync()).Keep, Is.True);

        _app.Variables["VAULT_CONFORMANCE_KEEP"] = "false";
        Assert.That((await PlanAsync()).Keep, Is.False);
        Assert.That((await PlanAsync("--keep")).Keep, Is.True);
        Assert.That((await PlanAsync("--keep", "false")).Keep, Is.False);
    }

    [Test]
    public async Task An_existing_cluster_is_named_by_kubeconfig_and_context()
    {
        _app.WriteWork("config", "apiVersion: v1\n");

        var plan = await PlanAsync("--kubeconfig", "config", "--context", "prod");

        Assert.That(plan.Cluster, Is.EqualTo(new ClusterPlan.Existing(Work("config"), "prod")));
    }

    [Test]
    public async Task A_second_namespace_on_an_existing_cluster_has_to_be_allowed()
    {
        _app.WriteWork("config", "apiVersion: v1\n");

        var plain = await PlanAsync("--kubeconfig", "config", "--context", "prod");
        var allowed = await PlanAsync("--kubeconfig", "config", "--context", "prod", "--allow-second-namespace");

        Assert.That(((ClusterPlan.Existing)plain.Cluster).AllowsSecondNamespace, Is.False);
        Assert.That(((ClusterPlan.Existing)allowed.Cluster).AllowsSecondNamespace, Is.True);
        Assert.That((PlanRecord.From(plain, []).Cluster.SecondNamespace, PlanRecord.From(allowed, []).Cluster.SecondNamespace), Is.EqualTo((false, true)));
        Assert.That(RunPlanText.Describe(allowed).Single(fact => fact.Name == "cluster").Value, Is.EqualTo($"context 'prod' of {Work("config")}, with a second namespace"));
    }

    [Test]
    public async Task A_cluster_of_the_run_needs_no_such_permission()
    {
        var result = await _app.RunAsync("run", "--allow-second-namespace");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("--allow-second-namespace: is for an existing cluster; one that is started for the run gets a second namespace in any case"));
    }

    [Test]
    public async Task The_plan_is_printed_before_anything_starts()
    {
        _app.Pipeline.Answer = (_, _, _) => throw new InvalidOperationException("started");

        _app.WriteWork("w.yaml", "waivers: []\n");
        var output = (await _app.RunAsync("--values", "values.yaml", "--waivers", "w.yaml", "--timeout", "90s", "--node-ulimit", "core=0:0", "--only", "CORE-1", "--output", "o", "--no-setup")).Output;

        Assert.That(output, Is.EqualTo($"""
            run            {_app.Pipeline.Plan!.RunId}
            cluster        K3s in Docker (image: rancher/k3s, or built locally if no registry answers)
            node           ulimit core=0:0
            chart          the official one, or the fixture chart if no registry answers
            values         {Work("values.yaml")}
            release        vault, own namespace
            profile        baseline@1.0
            waivers        {Work("w.yaml")}
            controls       only CORE-1
            output         {Work("o")}
            limits         1m30s, install nothing

            """));
    }

    [Test]
    public async Task A_profile_that_extends_another_one_is_planned_and_recorded_whole()
    {
        _app.WriteWork("mine.yaml", "name: mine\nversion: \"1.0\"\nextends: baseline@1.0\ndescription: d\n");

        var controls = (await PlanAsync("--profile", "mine.yaml")).Controls;

        Assert.That((controls.Profile.Reference, controls.Profile.Extends), Is.EqualTo(("mine@1.0", "baseline@1.0")));
        Assert.That(controls.Profile.Controls.Keys, Is.EquivalentTo(controls.Catalogue.Select(control => control.Id)));
        Assert.That(controls.Source.Text, Does.Match("CORE-2: *{ *level: \"should\" *}").And.Not.Contains("extends"));
    }

    private List<string> Ulimits(RunPlan plan) => [.. ((ClusterPlan.Managed)plan.Cluster).Ulimits.Select(limit => limit.Name)];

    private string Work(string name) => Path.Combine(_app.WorkingFolder, name);

    private async Task<RunPlan> PlanAsync(params string[] arguments)
    {
        var result = await _app.RunAsync(["run", .. arguments]);
        Assert.That(result.Error, Is.Empty);
        return _app.Pipeline.Plan!;
    }
}
