using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Helm;

[Platform("Linux", Reason = "The program that plays Helm is a shell script.")]
[CancelAfter(30_000)]
public sealed class HelmReleasesTests
{
    private static readonly string[] Rendering = ["--kube-version", "v1.34.1", "--api-versions", "v1", "--api-versions", "policy/v1"];

    [TestCase(FakeHelm.Version3)]
    [TestCase(FakeHelm.Version4)]
    public async Task Rendering_takes_the_values_in_order_and_the_clusters_version(string version, CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm(version).Answer("template", "kind: A\n");
        var request = Request(helm);

        var output = await new HelmReleases(await helm.OpenAsync(cancellationToken)).RenderAsync(request, Access(true), cancellationToken);

        Assert.That(output, Is.EqualTo("kind: A\n"));
        Assert.That(helm.Calls.Single(), Is.EqualTo((string[])[
            "template", "vault", "/charts/my vault", "--namespace", "secrets", "--values", request.ValuesFiles[0], "--values", Quote(request.ValuesFiles[1]), .. Rendering]));
    }

    [Test]
    public async Task Rendering_without_a_cluster_leaves_the_defaults_to_Helm(CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm();

        await new HelmReleases(await helm.OpenAsync(cancellationToken)).RenderAsync(Request(helm), access: null, cancellationToken);

        Assert.That(helm.Calls.Single(), Has.None.StartsWith("--kube").And.None.StartsWith("--api"));
    }

    [TestCase(FakeHelm.Version3, true, null)]
    [TestCase(FakeHelm.Version3, false, null)]
    [TestCase(FakeHelm.Version4, true, "--server-side=true")]
    [TestCase(FakeHelm.Version4, false, "--server-side=false")]
    public async Task Installing_speaks_the_language_of_the_version(string version, bool serverSideApply, string? flag, CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm(version);
        var request = Request(helm);

        await new HelmReleases(await helm.OpenAsync(cancellationToken)).InstallAsync(request, Access(serverSideApply), TimeSpan.FromMinutes(3), cancellationToken);

        string[] expected =
        [
            "install", "vault", "/charts/my vault", "--namespace", "secrets", "--kubeconfig", "/private/kube config", "--timeout", "180s",
            "--values", request.ValuesFiles[0], "--values", Quote(request.ValuesFiles[1]), .. flag is null ? Array.Empty<string>() : [flag],
        ];
        Assert.That(helm.Calls.Single(), Is.EqualTo(expected));
    }

    [TestCase(FakeHelm.Version3)]
    [TestCase(FakeHelm.Version4)]
    public async Task Nothing_waits_rolls_back_creates_namespaces_or_sets_values_in_arguments(string version, CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm(version);
        var releases = new HelmReleases(await helm.OpenAsync(cancellationToken));

        await releases.RenderAsync(Request(helm), Access(true), cancellationToken);
        await releases.InstallAsync(Request(helm), Access(true), TimeSpan.FromMinutes(3), cancellationToken);
        await releases.UninstallAsync("vault", "secrets", "/private/kube config", cancellationToken);

        Assert.That(helm.Calls, Has.Count.EqualTo(3));
        Assert.That(
            helm.Calls.SelectMany(call => call),
            Has.None.Matches("^--(wait|atomic|rollback|cleanup-on-fail|set|create-namespace|force|debug|kube-token|post-renderer)"));
    }

    [Test]
    public async Task Removing_names_the_cluster_explicitly_and_failure_is_data(CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm().Answer("uninstall", "", "Error: uninstall: Release not loaded: vault: release: not found", 1);

        var result = await new HelmReleases(await helm.OpenAsync(cancellationToken)).UninstallAsync("vault", "secrets", "/private/kube config", cancellationToken);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(helm.Calls.Single(), Is.EqualTo((string[])["uninstall", "vault", "--namespace", "secrets", "--kubeconfig", "/private/kube config"]));
    }

    [Test]
    public async Task Records_are_values_manifest_and_history_as_Helm_keeps_them(CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm().Answer("get-values", "server: {}\n").Answer("get-manifest", "kind: A\n").Answer("history", """[{"revision":1},{"revision":3}]""");

        var records = await new HelmReleases(await helm.OpenAsync(cancellationToken)).ReadRecordsAsync("vault", "secrets", "/k", cancellationToken);

        Assert.That(records, Is.EqualTo(new HelmRecords("server: {}\n", "kind: A\n", """[{"revision":1},{"revision":3}]""")));
        Assert.That(HelmReleases.FindNewestRevision(records.History), Is.EqualTo(3));
        string[] where = ["vault", "--namespace", "secrets", "--kubeconfig", "/k"];
        Assert.That(helm.Calls, Is.EquivalentTo((string[][])[["get", "values", .. where, "--all"], ["get", "manifest", .. where], ["history", .. where, "--output", "json"]]));
    }

    [Test]
    public void Records_become_text_without_what_the_user_wrote_in_confidence()
    {
        var records = new HelmRecords(
            "server:\n  extraEnvironmentVars: {DB_PASSWORD: planted-one}\n  config: |\n    # token = \"planted-two\"\n    ui = true\n",
            "kind: Secret\nmetadata: {name: s}\ndata: {k: cGxhbnRlZC10aHJlZQ==}\n---\nkind: ConfigMap\nmetadata: {name: c, annotations: {example.com/token: planted-four}}\n",
            """[{"revision":1,"description":"Install complete"}]""");

        var text = HelmRecords.WriteText(records, new SecretRedactor());

        Assert.That(text, Does.Not.Contain("planted").And.Not.Contain("cGxhbnRl"));
        Assert.That(text, Does.Contain("DB_PASSWORD").And.Contain("ui = true").And.Contain("example.com/token").And.Contain("Install complete"));
        Assert.That(records.ToString(), Is.EqualTo("HelmRecords"));
    }

    [TestCase("a: [", "# *** withheld: ")]
    [TestCase("# helm get ended with exit code 1: Error: x", "")]
    public void Records_that_are_no_yaml_are_withheld(string manifest, string start) =>
        Assert.That(HelmRecords.WriteText(new HelmRecords("{}", manifest, "[]"), new SecretRedactor()), Does.Contain($"# manifest.yaml\n{start}"));

    [Test]
    public async Task A_record_that_Helm_does_not_give_says_why(CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm().Answer("history", "", "Error: release: not found\n", 1);

        var records = await new HelmReleases(await helm.OpenAsync(cancellationToken)).ReadRecordsAsync("vault", "secrets", "/k", cancellationToken);

        Assert.That(records.History, Is.EqualTo("# helm history ended with exit code 1: Error: release: not found\n"));
        Assert.That(HelmReleases.FindNewestRevision(records.History), Is.Zero);
    }

    [Test]
    public async Task Values_that_do_not_render_are_the_users_and_a_failed_install_is_the_clusters(CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm().Answer("template", "", "Error: execution error at (vault/templates/x.yaml:1:2): no\n", 1).Answer("install", "", "Error: forbidden\n", 1);
        var releases = new HelmReleases(await helm.OpenAsync(cancellationToken));

        await Assert.ThatAsync(
            () => releases.RenderAsync(Request(helm), null, cancellationToken),
            Throws.TypeOf<HelmCommandException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration).And.Message.EqualTo(
                "'helm template' ended with exit code 1. Last seen: Error: execution error at (vault/templates/x.yaml:1:2): no. "
                + "Correct the values files or choose another chart version with --chart-version."));
        await Assert.ThatAsync(
            () => releases.InstallAsync(Request(helm), Access(true), TimeSpan.FromMinutes(1), cancellationToken),
            Throws.TypeOf<HelmCommandException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Environment).And.Message.EqualTo(
                "'helm install' ended with exit code 1. Last seen: Error: forbidden. "
                + "See the diagnostics folder for the state of the cluster; correct the values or the cluster and run again."));
    }

    private static ReleaseRequest Request(FakeHelm helm) => new(
        "vault",
        "secrets",
        new Chart(ChartReference.Parse("oci://registry/vault"), "/charts/my vault", "vault", "0.34.1", "2.0.4", "00"),
        [helm.Values("my values.yaml"), helm.Values("it's \"mine\".yaml")]);

    // Helm reads the name of a file as a field of CSV.
    private static string Quote(string file) => $"\"{file.Replace("\"", "\"\"")}\"";

    private static HelmClusterAccess Access(bool serverSideApply) => new("/private/kube config", "v1.34.1", ["v1", "policy/v1"], serverSideApply);
}
