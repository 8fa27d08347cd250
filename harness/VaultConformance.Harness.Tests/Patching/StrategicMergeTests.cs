using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Tests.Patching;

public sealed class StrategicMergeTests
{
    private const string StatefulSet = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: vault, labels: {a: "1", b: "2"}, finalizers: [x, y]}
        spec:
          replicas: 1
          template:
            spec:
              tolerations: [{key: a}, {key: b}]
              volumes: [{name: config, configMap: {name: c}}, {name: home, emptyDir: {}}]
              containers:
              - name: vault
                args: ["one", "two"]
                env: [{name: A, value: "1"}, {name: B, value: "2"}]
                ports: [{containerPort: 53, protocol: UDP, name: u}, {containerPort: 53, protocol: TCP, name: t}]
                volumeMounts: [{name: home, mountPath: /home/vault}]
              - {name: log, image: busybox}
        """;

    [Test]
    public void Containers_env_and_mounts_are_merged_by_their_keys_and_other_lists_replaced() => Check(
        """
        spec:
          template:
            spec:
              tolerations: [{key: c}]
              containers:
              - name: vault
                args: [three]
                env: [{name: B, value: "3"}, {name: C, value: "4"}]
                volumeMounts: [{mountPath: /home/vault, readOnly: true}, {mountPath: /tmp, name: tmp}]
        """,
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: vault, labels: {a: "1", b: "2"}, finalizers: [x, y]}
        spec:
          replicas: 1
          template:
            spec:
              tolerations: [{key: c}]
              volumes: [{name: config, configMap: {name: c}}, {name: home, emptyDir: {}}]
              containers:
              - name: vault
                args: ["three"]
                env: [{name: A, value: "1"}, {name: B, value: "3"}, {name: C, value: "4"}]
                ports: [{containerPort: 53, protocol: UDP, name: u}, {containerPort: 53, protocol: TCP, name: t}]
                volumeMounts: [{name: home, mountPath: /home/vault, readOnly: true}, {mountPath: /tmp, name: tmp}]
              - {name: log, image: busybox}
        """);

    [Test]
    public void Null_deletes_and_directives_delete_and_replace() => Check(
        """
        metadata: {labels: {a: null, c: "3"}, finalizers: [y, z], $deleteFromPrimitiveList/finalizers: [x]}
        spec:
          template:
            spec:
              tolerations: null
              volumes: [{$patch: replace}, {name: only, emptyDir: {}}]
              containers:
              - name: vault
                $patch: replace
                image: new
                extra: {kept: 1, dropped: null}
              - {name: log, $patch: delete}
              - {name: absent, $patch: delete}
        """,
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: vault, labels: {b: "2", c: "3"}, finalizers: [y, z]}
        spec:
          replicas: 1
          template:
            spec:
              volumes: [{name: only, emptyDir: {}}]
              containers:
              - {name: vault, image: new, extra: {kept: 1}}
        """);

    [Test]
    public void Ports_of_one_number_are_told_apart_by_protocol() => Check(
        """
        spec: {template: {spec: {containers: [{name: vault, ports: [{containerPort: 53, protocol: TCP, name: changed}, {containerPort: 8200, name: new}]}]}}}
        """,
        StatefulSet.Replace("name: t}", "name: changed}, {containerPort: 8200, name: new}", StringComparison.Ordinal));

    [Test]
    public void New_lists_carry_no_directives_into_the_object() => Check(
        "spec: {template: {spec: {initContainers: [{name: a, $patch: delete}, {name: b, image: i, command: null}]}}}",
        StatefulSet + "\n      initContainers: [{name: b, image: i}]");

    [TestCase("spec: {template: {spec: {volumes: [{name: home, $retainKeys: [secret]}]}}}", "at 'spec.template.spec.volumes': '$retainKeys' is not supported; use '$patch: replace'")]
    [TestCase("spec: {template: {spec: {$setElementOrder/containers: []}}}", "the directive '$setElementOrder/containers' is not supported")]
    [TestCase("spec: {$patch: remove}", "at 'spec': '$patch: remove' is not known; use delete, replace or merge")]
    [TestCase("spec: {template: {spec: {containers: [{image: x}]}}}", "at 'spec.template.spec.containers': every item needs the field 'name'")]
    [TestCase("$patch: delete", "would delete the whole object")]
    [TestCase("spec: {template: {spec: {tolerations: [null]}}}", "at 'spec.template.spec.tolerations': a list item is null")]
    public void What_cannot_be_done_is_said_with_file_and_place(string patch, string problem)
    {
        Assert.That(
            () => Apply(patch),
            Throws.TypeOf<PatchException>().With.Message.StartsWith("The patch 'p.yaml' cannot be applied to a StatefulSet: at '").And.Message.Contains(problem));
    }

    [Test]
    public void A_kind_of_unknown_type_has_only_atomic_lists()
    {
        var manifests = RenderedManifests.Parse("apiVersion: x/v1\nkind: Custom\nmetadata: {name: c}\nspec: {containers: [{name: a, image: i}]}");

        var result = PatchSet.Parse("target: {kind: Custom}\npatch: {spec: {containers: [{name: a}]}}", "p.yaml").Apply(manifests);

        Assert.That(result.Manifests.Objects[0].Content["spec"]!.ToJsonString(), Is.EqualTo("""{"containers":[{"name":"a"}]}"""));
    }

    private static void Check(string patch, string expected) =>
        Assert.That(Apply(patch).Objects[0].Content.ToJsonString(Json.Indented), Is.EqualTo(RenderedManifests.Parse(expected).Objects[0].Content.ToJsonString(Json.Indented)));

    private static RenderedManifests Apply(string patch) =>
        PatchSet.Parse("target: {kind: StatefulSet}\npatch:\n" + string.Join('\n', patch.Split('\n').Select(line => "  " + line)), "p.yaml").Apply(RenderedManifests.Parse(StatefulSet)).Manifests;
}
