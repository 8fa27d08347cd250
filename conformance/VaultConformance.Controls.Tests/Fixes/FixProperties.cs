using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Fixes;
using FsCheckConfig = FsCheck.Config;

namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>What holds for every change of any values.</summary>
public sealed class FixProperties
{
    // Parts that people write below 'server:', each of another key; several forms of each.
    private static readonly string[][] Parts =
    [
        ["", "  volumes:\n  - name: tmp\n    emptyDir: {} # small\n", "  volumes: []\n", "  volumes: [{name: empty, emptyDir: {medium: Memory}}]\n", "  volumes:\n    - name: vault-tls\n      secret:\n        secretName: x\n"],
        ["", "  volumeMounts: null\n", "  volumeMounts:\n  - mountPath: /tmp\n    name: tmp\n", "  volumeMounts: [{name: vault-tls, mountPath: /vault/userconfig/vault-tls}]\n"],
        ["", "  resources: {}\n", "  resources:\n    # enough\n    limits: {memory: 1Gi, cpu: 2}\n", "  resources: {requests: {memory: \"512Mi\"}}\n"],
        ["", "  statefulSet: {securityContext: {container: {runAsUser: 0}}}\n", "  statefulSet:\n    annotations: {a: b}\n    securityContext:\n      pod:\n        runAsUser: 5 # five\n", "  statefulSet:\n    securityContext:\n      container:\n        capabilities:\n          add:\n          - IPC_LOCK\n"],
        ["", "  extraEnvironmentVars: {GOTRACEBACK: crash}\n", "  extraEnvironmentVars:\n    VAULT_SKIP_VERIFY: \"true\"\n    MINE: 'yes'\n"],
        ["", "  preStop: [a, b]\n", "  preStop:\n  - /bin/sh\n  - -c\n  - |\n    sleep 1\n    true\n"],
        ["", "  standalone:\n    config: |\n      # mine\n      listener \"tcp\" {\n        tls_disable = true\n      }\n", "  standalone:\n    config: \"ui = true\\nlistener \\\"tcp\\\" {}\\n\"\n", "  standalone: {enabled: true}\n"],
        ["", "  ha:\n    enabled: false\n    apiAddr: null\n", "  ha: {replicas: 5}\n"],
        ["", "  annotations: {note: \"a: b # c\"}\n", "  affinity: |\n    podAntiAffinity: {}\n\n", "  ingress:\n    enabled: false\n    hosts:\n    - host: a.b\n      paths: []\n"],
    ];

    private static readonly string[] Untouched = ["server.annotations", "server.affinity", "server.ingress", "server.ha.replicas", "server.extraEnvironmentVars.MINE", "server.statefulSet.annotations", "ui", "csi"];

    [Test]
    public void A_change_is_valid_applies_once_and_touches_nothing_else()
    {
        Prop.ForAll(Cases().ToArbitrary(), item =>
        {
            var fix = FixSamples.Plan(item.Text, item.Failed);
            return fix.Text is not { } text || (FixSamples.Plan(text, item.Failed).Text is null
                && KeepsOthers(item.Text, text)
                && KeepsComments(item.Text, text));
        }).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Test]
    public void Every_change_of_such_values_can_be_written()
    {
        // Only a user that stays, because ID-1 did not fail, stands in the way of what the kubelet refuses beside it.
        Prop.ForAll(Cases().ToArbitrary(), item => FixSamples.Plan(item.Text, item.Failed).Rest.All(rest => !rest.Reason.Contains("safely", StringComparison.Ordinal)
                || (item.Text.Contains("runAsUser: 0", StringComparison.Ordinal) && rest.Reason.Contains("runAsUser is 0", StringComparison.Ordinal))))
            .Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static bool KeepsOthers(string before, string after)
    {
        var (old, now) = (FixSamples.Values(before), FixSamples.Values(after));
        return Untouched.All(path => FixNode.AreSame(old.FindAt(path.Split('.')), now.FindAt(path.Split('.'))));
    }

    private static bool KeepsComments(string before, string after) =>
        before.Split('\n').Where(line => line.TrimStart().StartsWith('#')).All(line => after.Split('\n').Contains(line));

    private static Gen<(string Text, string[] Failed)> Cases()
    {
        var server = Parts.Select(Gen.Elements).Aggregate(Gen.Constant(string.Empty), (all, part) => all.SelectMany(text => part, (text, added) => text + added));
        return from body in server
               from head in Gen.Elements("", "# top\n\n", "ui: {}\n")
               from tail in Gen.Elements("", "csi:\n  enabled: false\n# end\n", "\n\n")
               from failed in Gen.SubListOf<string>(FixSamples.All.ToArray())
               select ($"{head}server:\n{body}{tail}", failed.ToArray());
    }
}
