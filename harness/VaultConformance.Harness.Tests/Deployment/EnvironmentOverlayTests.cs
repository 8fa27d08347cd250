using System.Text.Json.Nodes;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>What is added to the values, and that it says nothing else than it was meant to say.</summary>
public sealed class EnvironmentOverlayTests
{
    private static readonly ClusterFacts Cluster = new("k3s", "v1.34.1", [], new Dictionary<string, Capability>(), null, []);
    private static readonly StorageClasses Node = new(new HashSet<string> { "local-path" }, "local-path");

    [TestCase("1.10")]
    [TestCase("1.20")]
    [TestCase("2.0")]
    [TestCase("1e3")]
    [TestCase("0x10")]
    [TestCase("007")]
    [TestCase("latest")]
    [TestCase("yes")]
    public void A_tag_stays_a_text(string tag)
    {
        var overlay = EnvironmentOverlay.CreateFor(Release(), Cluster, "registry.example:5000/team/vault:" + tag);

        var image = Read(overlay)["server"]!["image"]!;
        Assert.That((image["repository"]!.GetValue<string>(), image["tag"]!.GetValue<string>()), Is.EqualTo(("registry.example:5000/team/vault", tag)));
        Assert.That(ManifestYaml.Read(overlay.Yaml, "overlay")[0]["server"]!["image"]!["tag"]!.GetValue<string>(), Is.EqualTo(tag));
    }

    [TestCase("quay.io/openbao/openbao:2.0", "quay.io", "openbao/openbao", "2.0")]
    [TestCase("localhost:5000/openbao:2.0@sha256:00", "localhost:5000", "openbao", "2.0@sha256:00")]
    [TestCase("docker.io/vault-conformance/vault-standin:1.20.4-standin", "docker.io", "vault-conformance/vault-standin", "1.20.4-standin")]
    [TestCase("hashicorp/vault:1.20", "docker.io", "hashicorp/vault", "1.20")]
    public void A_chart_that_takes_the_registry_by_itself_gets_it_so(string image, string registry, string repository, string tag)
    {
        var values = Read(EnvironmentOverlay.CreateFor(Release(), Cluster, image, splitRegistry: true))["server"]!["image"]!;

        Assert.That(
            (values["registry"]!.ToString(), values["repository"]!.ToString(), values["tag"]!.ToString()), Is.EqualTo((registry, repository, tag)));
    }

    [TestCase("hashicorp/vault:1.20", "hashicorp/vault:1.20", true)]
    [TestCase("hashicorp/vault:1.20", "docker.io/hashicorp/vault:1.20", true)]
    [TestCase("docker.io/hashicorp/vault:1.20", "hashicorp/vault:1.20", true)]
    [TestCase("docker.io/hashicorp/vault:1.20", "docker.io/docker.io/hashicorp/vault:1.20", false)]
    [TestCase("hashicorp/vault:1.20", "hashicorp/vault:1.2", false)]
    [TestCase("hashicorp/vault:1.20", null, false)]
    public void The_rendered_image_is_compared_with_the_one_that_was_asked_for(string asked, string? rendered, bool same)
    {
        Assert.That(ImageReference.Parse(asked).Is(rendered), Is.EqualTo(same));
    }

    [TestCase("vault")]
    [TestCase("registry:5000/vault")]
    [TestCase("vault@sha256:00")]
    public void An_image_without_a_tag_is_refused(string image)
    {
        Assert.That(() => ImageReference.Parse(image), Throws.TypeOf<HarnessException>().With.Message.Contains("has no tag"));
    }

    [Test]
    public void A_storage_class_that_the_node_lacks_becomes_its_default_one_with_a_reason()
    {
        var overlay = EnvironmentOverlay.CreateFor(Release("gp3"), Cluster, null, classes: Node);

        Assert.That(Read(overlay).ToJsonString(), Is.EqualTo("""{"server":{"dataStorage":{"storageClass":null}}}"""));
        Assert.That(overlay.Reasons, Is.EqualTo((string[])[
            "server.dataStorage.storageClass: this node has no StorageClass 'gp3', so that its default 'local-path' was used; name another one with --storage-class-map, or give it with --prepare."]));
    }

    [TestCase("local-path")]
    [TestCase(null)]
    public void A_storage_class_that_is_there_stays(string? name)
    {
        Assert.That(EnvironmentOverlay.CreateFor(Release(name), Cluster, null, classes: Node).Yaml, Is.Empty);
    }

    [Test]
    public void On_a_cluster_of_someone_else_an_unknown_storage_class_is_theirs()
    {
        Assert.That(EnvironmentOverlay.CreateFor(Release("gp3"), Cluster, null).Yaml, Is.Empty);
    }

    private static JsonNode Read(EnvironmentOverlay overlay) => JsonNode.Parse(overlay.Yaml)!;

    private static RenderedRelease Release(string? storageClass = null)
    {
        var claim = storageClass is null ? "{}" : "{storageClassName: " + storageClass + "}";
        return RenderedRelease.From(RenderedManifests.Parse(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: vault}
            spec:
              template:
                metadata: {labels: {component: server}}
                spec: {containers: [{name: vault, image: "vault:1"}]}
              volumeClaimTemplates:
              - metadata: {name: data}
                spec:
            """ + " " + claim + "\n"));
    }
}
