using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Tests.Patching;

public sealed class PatchSetTests
{
    private const string Rendered = """
        ---
        # Source: vault/templates/server-service.yaml
        apiVersion: v1
        kind: Service
        metadata: {name: vault, labels: {app.kubernetes.io/name: vault}}
        spec: {type: ClusterIP}
        ---
        # Source: vault/templates/server-headless-service.yaml
        apiVersion: v1
        kind: Service
        metadata: {name: vault-internal, labels: {app.kubernetes.io/name: vault, vault-internal: "true"}}
        spec: {type: ClusterIP}
        """;

    private static RenderedManifests Manifests => RenderedManifests.Parse(Rendered);

    [TestCase("target: {kind: Service}\npatch: {spec: {type: X}}", "X,X")]
    [TestCase("target: {kind: Service, name: vault}\npatch: {spec: {type: X}}", "X,ClusterIP")]
    [TestCase("target: {kind: Service, name: vault.+}\npatch: {spec: {type: X}}", "ClusterIP,X")]
    [TestCase("target: {kind: Service, apiVersion: v1, labelSelector: 'app.kubernetes.io/name=vault, vault-internal=true'}\npatch: {spec: {type: X}}", "ClusterIP,X")]
    [TestCase("apiVersion: v1\nkind: Service\nmetadata: {name: vault}\nspec: {type: X}", "X,ClusterIP")]
    [TestCase("target: {kind: Service, name: vault}\npatch: [{op: replace, path: /spec/type, value: X}]", "X,ClusterIP")]
    [TestCase("target: {kind: Service, name: vault}\npatch: |-\n  - op: replace\n    path: /spec/type\n    value: X", "X,ClusterIP")]
    [TestCase("target: {kind: Service, name: vault}\npatch: |-\n  kind: Service\n  metadata: {name: ignored}\n  spec: {type: X}", "X,ClusterIP")]
    [TestCase("patches:\n- {target: {kind: Service, name: vault}, patch: {spec: {type: X}}}\n- {target: {kind: Service}, patch: {spec: {type: Y}}}", "Y,Y")]
    [TestCase("target: {kind: Service, name: vault}\npatch: {spec: {type: X}}\n---\nkind: Service\nmetadata: {name: vault-internal}\nspec: {type: Z}", "X,Z")]
    [TestCase("""{"target": {"kind": "Service", "name": "vault"}, "patch": [{"op": "add", "path": "/spec/type", "value": "X"}]}""", "X,ClusterIP")]
    public void A_patch_changes_exactly_what_it_targets(string patch, string types)
    {
        var result = PatchSet.Parse(patch, "p.yaml").Apply(Manifests);

        Assert.That(string.Join(',', result.Manifests.Objects.Select(item => item.Content["spec"]!["type"])), Is.EqualTo(types));
        Assert.That(result.Manifests.Objects.Select(item => item.Source), Is.EqualTo(Manifests.Objects.Select(item => item.Source)));
    }

    [Test]
    public void A_patch_that_matches_nothing_says_what_there_is()
    {
        Assert.That(
            () => PatchSet.Parse("target: {kind: Service, name: other}\npatch: {}", "p.yaml").Apply(Manifests),
            Throws.TypeOf<PatchException>().With.Message.EqualTo(
                "The patch 'p.yaml' matches no rendered object (looked for kind Service name 'other'). Rendered objects: Service/vault, Service/vault-internal. Correct its target."));
    }

    [Test]
    public void Each_effect_is_reported_and_says_whether_anything_changed()
    {
        var result = PatchSet.Parse("target: {kind: Service}\npatch: {metadata: {labels: {vault-internal: 'true'}}}", "p.yaml").Apply(Manifests);

        Assert.That(result.Effects, Is.EqualTo((PatchEffect[])[new("patch 'p.yaml'", "Service/vault", true), new("patch 'p.yaml'", "Service/vault-internal", false)]));
    }

    [TestCase("", "The patch 'p.yaml' is empty.")]
    [TestCase("- a", "The patch 'p.yaml' is not an object. Write 'target:' and 'patch:', or a partial object with kind and metadata.name.")]
    [TestCase("spec: {}", "The patch 'p.yaml' does not say what it changes. Write 'target:' and 'patch:', or give the partial object kind and metadata.name.")]
    [TestCase("patch: {}", "The patch 'p.yaml' has no 'target:' with at least a kind.")]
    [TestCase("target: {name: x}\npatch: {}", "The patch 'p.yaml' has no 'target.kind'.")]
    [TestCase("target: {kind: X}", "The patch 'p.yaml' has no 'patch:' that is an object (strategic-merge patch) or a list of operations (JSON patch).")]
    [TestCase("target: {kind: X, nmae: y}\npatch: {}", "The patch 'p.yaml' has the unknown field 'target.nmae'. Known are: target.kind, target.name, target.apiVersion, target.labelSelector.")]
    [TestCase("target: {kind: X}\npatch: {}\noptions: {}", "The patch 'p.yaml' has the unknown field 'options'. Known are: target, patch.")]
    [TestCase("target: {kind: X, labelSelector: 'a in (b)'}\npatch: {}", "The patch 'p.yaml' has a 'target.labelSelector' other than 'key=value,key=value'.")]
    [TestCase("kind: X\nmetadata: {name: y}\n---\nkind: X", "The patch 'p.yaml' (document 2) does not say what it changes. Write 'target:' and 'patch:', or give the partial object kind and metadata.name.")]
    [TestCase("target: {kind: Service, name: vault}\npatch: [{op: replace, path: /metadata/name, value: x}]", "The patch 'p.yaml' would turn Service/vault into Service/x. A patch must not change apiVersion, kind or metadata.name.")]
    public void A_broken_patch_has_one_clear_message(string patch, string message)
    {
        Assert.That(() => PatchSet.Parse(patch, "p.yaml").Apply(Manifests), Throws.TypeOf<PatchException>().With.Message.EqualTo(message));
    }

    [TestCase("a: [", "The patch 'p.yaml' is not valid YAML: line ")]
    [TestCase("target: {kind: X, name: '('}\npatch: {}", "The patch 'p.yaml' has a 'target.name' that is not a regular expression: ")]
    [TestCase("a: &x {b: 1}\nc: {<<: *x}", "The patch 'p.yaml' is not valid YAML: line 2: merge keys ('<<') are not supported; write the fields out.")]
    public void A_text_that_is_no_patch_at_all_has_one_clear_message(string patch, string message)
    {
        Assert.That(() => PatchSet.Parse(patch, "p.yaml"), Throws.TypeOf<PatchException>().With.Message.StartsWith(message));
    }

    [Test]
    public async Task A_missing_file_is_named()
    {
        await Assert.ThatAsync(
            () => PatchSet.LoadAsync([Path.Combine(Path.GetTempPath(), "no-such-patch.yaml")], CancellationToken.None),
            Throws.TypeOf<PatchException>().With.Message.Contains("no-such-patch.yaml' cannot be read:").And.Message.EndsWith("Name an existing file with --patch."));
    }
}
