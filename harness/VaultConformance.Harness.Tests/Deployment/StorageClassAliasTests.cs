using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Tests.Pods;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>StorageClasses that values name and a fresh node does not have: another one stands for them, or the run says so at once.</summary>
public sealed class StorageClassAliasTests
{
    private const string LocalPath = """
        {"metadata": {"name": "local-path", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}}, "provisioner": "rancher.io/local-path", "reclaimPolicy": "Delete", "volumeBindingMode": "WaitForFirstConsumer"}
        """;

    private static readonly StorageClasses Node = new(new HashSet<string> { "local-path", "other" }, "local-path");

    [TestCase("gp3=local-path", "gp3", "local-path")]
    [TestCase("managed-csi.v2=local-path", "managed-csi.v2", "local-path")]
    public void It_is_read_as_a_user_writes_it(string text, string wanted, string own) =>
        Assert.That(StorageClassAlias.Parse(text), Is.EqualTo(new StorageClassAlias(wanted, own)));

    [TestCase("gp3")]
    [TestCase("=local-path")]
    [TestCase("gp3=")]
    [TestCase("gp3=a=b")]
    [TestCase("gp3=gp3")]
    [TestCase("GP3=local-path")]
    [TestCase("gp3 = local-path")]
    [TestCase("")]
    public void Anything_else_is_refused(string text) =>
        Assert.That(
            () => StorageClassAlias.Parse(text),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                $"'{text}' must be the StorageClass that the values name, '=', and another one that the node has, for example gp3=local-path"));

    [Test]
    public async Task The_class_is_made_as_a_copy_of_the_nodes_own_but_not_as_a_second_default()
    {
        var created = new ConcurrentQueue<JsonNode>();
        await using var server = await StartAsync(created);

        var reasons = await StorageClassAlias.CreateAsync(server.Client, [new("gp3", "local-path")], "r1", TestContext.CurrentContext.CancellationToken);

        var made = created.Single();
        Assert.That(reasons, Is.EqualTo(new[]
        {
            "StorageClass 'gp3': made as a copy of this node's 'local-path' (--storage-class-map), so that the storage behind 'gp3' is not tested.",
        }));
        Assert.That(
            ($"{made["metadata"]!["name"]}", $"{made["provisioner"]}", $"{made["volumeBindingMode"]}", $"{made["reclaimPolicy"]}"),
            Is.EqualTo(("gp3", "rancher.io/local-path", "WaitForFirstConsumer", "Delete")));
        Assert.That(made["metadata"]!["annotations"], Is.Null);
    }

    [TestCase("gp3=fast", "--storage-class-map gp3=fast: this node has no StorageClass 'fast' (it has: 'local-path'). Name one of these behind '='.")]
    [TestCase("local-path=gp3", "--storage-class-map local-path=gp3: this node has a StorageClass 'local-path' already (it has: 'local-path'). Leave the option out.")]
    public async Task What_cannot_be_made_is_refused(string text, string message)
    {
        var created = new ConcurrentQueue<JsonNode>();
        await using var server = await StartAsync(created);

        Assert.That(
            () => StorageClassAlias.CreateAsync(server.Client, [StorageClassAlias.Parse(text)], "r1", TestContext.CurrentContext.CancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(message));
        Assert.That(created, Is.Empty);
    }

    [Test]
    public async Task Without_an_alias_nothing_is_asked()
    {
        await using var server = await FakeApiServer.StartAsync(_ => { });

        Assert.That(await StorageClassAlias.CreateAsync(server.Client, [], "r1", TestContext.CurrentContext.CancellationToken), Is.Empty);
    }

    [TestCase("volumeClaimTemplates: [{metadata: {name: extra}, spec: {storageClassName: gp3}}]", "", "Claim 'extra'")]
    [TestCase("", "volumes: [{name: cache, ephemeral: {volumeClaimTemplate: {spec: {storageClassName: gp3}}}}]", "Ephemeral volume 'cache'")]
    [TestCase("", "volumes: [{name: shared, persistentVolumeClaim: {claimName: shared}}]", "PersistentVolumeClaim 'shared'")]
    public void A_claim_of_the_server_pods_for_an_unknown_class_ends_the_run_at_once(string spec, string pod, string claim) =>
        Assert.That(
            () => UnknownClasses.Refuse(Release(spec, pod), Node),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                $"{claim} of the server pods asks for StorageClass 'gp3', which this node does not have (it has: 'local-path', 'other'), so that they would stay Pending. "
                    + "Let one of the node's stand for it with --storage-class-map gp3=local-path, or give the class or a volume of it with --prepare."));

    [TestCase("volumeClaimTemplates: [{metadata: {name: extra}, spec: {storageClassName: local-path}}]")]
    [TestCase("volumeClaimTemplates: [{metadata: {name: extra}, spec: {storageClassName: \"\"}}]")]
    [TestCase("volumeClaimTemplates: [{metadata: {name: extra}, spec: {}}]")]
    [TestCase("")]
    public void Known_classes_no_class_and_claims_of_others_do_not(string spec) =>
        Assert.That(() => UnknownClasses.Refuse(Release(spec, string.Empty), Node), Throws.Nothing);

    [Test]
    public async Task A_class_that_a_volume_names_is_known_without_an_object_of_its_own()
    {
        await using var server = await StartAsync([]);

        Assert.That((await StorageClasses.ReadAsync(server.Client, TestContext.CurrentContext.CancellationToken)).Names, Is.EquivalentTo(new[] { "local-path", "manual" }));
    }

    private static Task<FakeApiServer> StartAsync(ConcurrentQueue<JsonNode> created) => FakeApiServer.StartAsync(routes =>
    {
        routes.MapGet("/apis/storage.k8s.io/v1/storageclasses", () => Results.Text($$$"""{"kind": "StorageClassList", "apiVersion": "storage.k8s.io/v1", "items": [{{{LocalPath}}}]}""", "application/json"));
        routes.MapGet("/api/v1/persistentvolumes", () => Results.Text("""{"kind": "PersistentVolumeList", "apiVersion": "v1", "items": [{"metadata": {"name": "v"}, "spec": {"storageClassName": "manual"}}]}""", "application/json"));
        routes.MapPost("/apis/storage.k8s.io/v1/storageclasses", async (HttpContext context) =>
        {
            var body = (await JsonNode.ParseAsync(context.Request.Body))!;
            created.Enqueue(body);
            return Results.Text(body.ToJsonString(), "application/json");
        });
    });

    private static RenderedRelease Release(string spec, string pod) => RenderedRelease.From(RenderedManifests.Parse($$$"""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: vault}
        spec:
          template:
            metadata: {labels: {component: server}}
            spec:
              containers: [{name: vault, image: "vault:1"}]
              {{{pod}}}
          {{{spec}}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: shared}
        spec: {storageClassName: gp3}
        """));
}
