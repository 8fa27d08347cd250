using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Tests.Patching;

public sealed class PatchedChartTests
{
    private const string Rendered = """
        ---
        # Source: vault/templates/server-config-configmap.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: vault-config
        data:
          extraconfig-from-values.hcl: |-
            ui = false
            # {{ with secret "kv/x" }}{{ .Data }}{{ end }}
        ---
        # Source: vault/templates/server-statefulset.yaml
        # StatefulSet to run the actual vault server cluster.
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: vault}
        spec:
          template:
            spec:
              containers:
              - name: vault
                args:
                - |
                  cp a b;
                  run vault server
                env: [{name: A, value: "8200"}, {name: B, value: "true"}]
        ---
        # Source: vault/templates/tests/server-test.yaml
        apiVersion: v1
        kind: Pod
        metadata: {name: vault-server-test, annotations: {"helm.sh/hook": test}}
        """;

    private static readonly PatchedChartIdentity Identity = new("vault", "0.34.1", "2.0.4", "server:\n  logLevel: \"\"\n");

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("patched-chart-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_chart_has_one_template_per_original_template_with_the_objects_spelled_out()
    {
        var manifests = PatchSet.Parse("target: {kind: StatefulSet}\npatch: {spec: {template: {spec: {containers: [{name: vault, args: [\"exec\\nvault\\n\"]}]}}}}", "p.yaml")
            .Apply(RenderedManifests.Parse(Rendered)).Manifests;

        var chart = await PatchedChart.MaterialiseAsync(manifests, Identity, _folder, CancellationToken.None);

        Assert.That(Files(chart), Is.EqualTo("Chart.yaml templates/server-config-configmap.yaml templates/server-statefulset.yaml templates/tests/server-test.yaml values.yaml"));
        Assert.That(File.ReadAllText(Path.Combine(chart, "templates/server-statefulset.yaml")), Is.EqualTo("""
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: vault
            spec:
              template:
                spec:
                  containers:
                  - name: vault
                    args:
                    - |
                      exec
                      vault
                    env:
                    - name: A
                      value: "8200"
                    - name: B
                      value: "true"

            """));
    }

    [Test]
    public async Task Template_syntax_inside_objects_is_printed_not_run()
    {
        var chart = await PatchedChart.MaterialiseAsync(RenderedManifests.Parse(Rendered), Identity, _folder, CancellationToken.None);

        Assert.That(
            File.ReadAllText(Path.Combine(chart, "templates/server-config-configmap.yaml")),
            Does.Contain("""    # {{ "{{" }} with secret "kv/x" }}{{ "{{" }} .Data }}{{ "{{" }} end }}"""));
    }

    [Test]
    public async Task Name_versions_and_default_values_are_those_of_the_original_chart()
    {
        var chart = await PatchedChart.MaterialiseAsync(RenderedManifests.Parse(Rendered), Identity, _folder, CancellationToken.None);

        Assert.That(chart, Is.EqualTo(Path.Combine(_folder, "vault")));
        Assert.That(File.ReadAllText(Path.Combine(chart, "values.yaml")), Is.EqualTo(Identity.DefaultValues));
        Assert.That(File.ReadAllLines(Path.Combine(chart, "Chart.yaml")), Is.SupersetOf((string[])["apiVersion: v2", "name: vault", "version: \"0.34.1\"", "appVersion: \"2.0.4\""]));
    }

    [Test]
    public async Task A_second_chart_leaves_nothing_of_the_first()
    {
        await PatchedChart.MaterialiseAsync(RenderedManifests.Parse(Rendered), Identity, _folder, CancellationToken.None);

        var chart = await PatchedChart.MaterialiseAsync(RenderedManifests.Parse("apiVersion: v1\nkind: A\nmetadata: {name: a}"), Identity, _folder, CancellationToken.None);

        Assert.That(Files(chart), Is.EqualTo("Chart.yaml templates/objects.yaml values.yaml"));
    }

    [Test]
    public void Objects_keep_order_hooks_and_sources_when_written_back()
    {
        var manifests = RenderedManifests.Parse(Rendered);

        var again = RenderedManifests.Parse(manifests.ToYaml());

        Assert.That(again.Objects.Select(item => (item.ToString(), item.Source, item.IsHook)), Is.EqualTo(manifests.Objects.Select(item => (item.ToString(), item.Source, item.IsHook))));
        Assert.That(again.Objects.Select(item => item.Content.ToJsonString()), Is.EqualTo(manifests.Objects.Select(item => item.Content.ToJsonString())));
        Assert.That(manifests.Objects.Single(item => item.IsHook).Name, Is.EqualTo("vault-server-test"));
    }

    [Test]
    public void What_is_no_kubernetes_object_is_refused_with_its_template()
    {
        Assert.That(
            () => RenderedManifests.Parse("---\n# Source: vault/templates/x.yaml\na: 1"),
            Throws.TypeOf<PatchException>().With.Message.EqualTo(
                "The manifest rendered from vault/templates/x.yaml is not a Kubernetes object: it has no apiVersion and kind. Correct the chart or its values."));
    }

    private static string Files(string folder) => string.Join(
        ' ', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
}
