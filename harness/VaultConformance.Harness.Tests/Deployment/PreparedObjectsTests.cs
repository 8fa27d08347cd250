using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>What may be put in place before a release.</summary>
public sealed class PreparedObjectsTests
{
    private const string Secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: kms}\nstringData: {key: CanaryCanary}\n";

    [Test]
    public void A_folder_is_read_in_the_order_of_its_names()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b.yaml", Secret);
        folder.Write("a.yml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: vault}\n---\n---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: high}\nvalue: 1\n");
        folder.Write("README.md", "not checked");

        Assert.That(PreparedObjects.Load(folder.Path).Objects.Select(item => item.ToString()), Is.EqualTo((string[])["ServiceAccount/vault", "PriorityClass/high", "Secret/kms"]));
    }

    [TestCase("kind: Secret\nmetadata: {name: a}\n", "a document without apiVersion, kind or metadata.name")]
    [TestCase("apiVersion: v1\nkind: Secret\nmetadata: {generateName: a-}\n", "a document without apiVersion, kind or metadata.name")]
    [TestCase("apiVersion: v1\nkind: List\nitems: []\n", "a document without apiVersion, kind or metadata.name")]
    [TestCase("- a\n", "a document without apiVersion, kind or metadata.name")]
    [TestCase("# nothing\n", "holds no object")]
    [TestCase("a: [\n", "is not valid YAML")]
    public void What_is_no_manifest_is_refused(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", text);

        Assert.That(() => PreparedObjects.Load(folder.Path), Throws.InstanceOf<HarnessException>().With.Message.Contains(problem));
    }

    [TestCase("ServiceAccount/vault", null)]
    [TestCase("ServiceMonitor/vault", "ServiceMonitor/vault is left out: this node's API has no ServiceMonitor of monitoring.coreos.com/v1. Its definition can be given with --prepare.")]
    public async Task Kinds_that_the_API_lacks_are_left_out_with_the_reason(string name, string? reason)
    {
        await using var cluster = await FakeNamespace.StartAsync();
        cluster.Resources["/api/v1"] = """{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"serviceaccounts","singularName":"","namespaced":true,"kind":"ServiceAccount","verbs":["get"]}]}""";
        var apiVersion = name.StartsWith("ServiceMonitor", StringComparison.Ordinal) ? "monitoring.coreos.com/v1" : "v1";
        var rendered = RenderedManifests.Parse($"apiVersion: {apiVersion}\nkind: {name.Split('/')[0]}\nmetadata: {{name: vault}}\n");

        var (kept, reasons) = await MissingKinds.LeaveOutAsync(rendered, new ServedKinds(cluster.Client), CancellationToken.None);

        Assert.That(reasons, Is.EqualTo(reason is null ? [] : new[] { reason }));
        Assert.That(kept.Objects, Has.Count.EqualTo(reason is null ? 1 : 0));
    }
}
