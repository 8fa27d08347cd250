using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Controls.Tests;

/// <summary>The keys of the values that decide a control exist, and lead to the line that somebody has to change.</summary>
public sealed class ValueKeysTests
{
    // Names that the chart reads and that its values only mention in a comment.
    private static readonly string[] OnlyInComments = ["server.service.type"];

    private static readonly IReadOnlyList<ControlDescriptor> Controls = ControlCatalogue.BuiltIn.Controls;

    [Test]
    public void Only_controls_that_no_values_decide_have_no_keys() =>
        Assert.That(
            Controls.Where(control => control.ValueKeys.Count == 0).Select(control => control.Id.ToString()),
            Is.EqualTo(new[] { "API-1", "API-2", "API-3", "API-5", "API-9", "API-10", "CORE-1", "CORE-2", "CORE-3", "CORE-5", "FS-3", "K8S-6", "PROC-1", "UPG-2" }));

    [TestCaseSource(nameof(Controls))]
    public void Every_key_is_one_of_the_charts(ControlDescriptor control)
    {
        using var reader = File.OpenText(Repository.File("fixtures", "chart", "values.yaml"));
        var yaml = new YamlStream();
        yaml.Load(reader);

        foreach (var key in control.ValueKeys.Select(key => key.Split('#')[0]).Except(OnlyInComments))
        {
            Assert.That(Missing(yaml.Documents[0].RootNode, key.Split('.')), Is.Null, key);
        }
    }

    [Test]
    public void Keys_are_given_once() => Assert.That(Controls.Select(control => control.ValueKeys), Has.All.Unique);

    [TestCase("FS-1-writable-root", "FS-1", "container:")]
    [TestCase("FS-4-readable-key", "FS-4", "defaultMode: 420")]
    [TestCase("ID-1-root", "ID-1", "runAsUser: 0")]
    [TestCase("ID-2-not-declared", "ID-2", "pod:")]
    [TestCase("ID-3-escalation", "ID-3", "container:")]
    [TestCase("ID-4-capabilities-kept", "ID-4", "container:")]
    [TestCase("ID-5-no-seccomp", "ID-5", "pod:")]
    [TestCase("ID-6-host-path", "ID-6", "hostPath: {path: /}")]
    [TestCase("K8S-1-lower-case-all", "K8S-1", "container:")]
    [TestCase("MEM-2-overruled", "MEM-2", "VAULT_DISABLE_MLOCK:")]
    [TestCase("MEM-2-quoted", "MEM-2", "disable_mlock = \"")]
    [TestCase("MEM-3-unused-capability", "MEM-3", "add: [IPC_LOCK]")]
    [TestCase("MEM-4-no-bounds", "MEM-4", "resources: {}")]
    [TestCase("PROC-3-missing-command", "PROC-3", "preStop:")]
    [TestCase("PROC-4-sub-path", "PROC-4", "subPath")]
    [TestCase("CORE-4-go-traceback", "CORE-4", "GOTRACEBACK")]
    [TestCase("TLS-1-plaintext-listener", "TLS-1", "tls_disable = ")]
    [TestCase("TLS-2-tls-1.0", "TLS-2", "tls_min_version = \"tls10\"")]
    [TestCase("TLS-6-ingress", "TLS-6", "enabled: true")]
    [TestCase("UPG-1-rolling-update", "UPG-1", "updateStrategyType: RollingUpdate")]
    [TestCase("TLS-7-published-cluster-port", "TLS-7", "type: NodePort")]
    public void The_line_that_makes_a_known_bad_release_fail_is_found(string fixture, string control, string text)
    {
        var path = Repository.File("fixtures", "values", "noncompliant", $"{fixture}.yaml");
        var keys = Controls.Single(descriptor => descriptor.Id.ToString() == control).ValueKeys;

        var cause = new ValuesLocator([ValuesFile.Parse("values.yaml", File.ReadAllText(path))]).Find(keys)[0];

        Assert.That(File.ReadAllLines(path)[cause.Line - 1], Does.Contain(text), cause.ToString());
    }

    /// <summary>The part of a path that the chart does not have; null when it has it, or has a mapping there that takes any key.</summary>
    private static string? Missing(YamlNode node, string[] path)
    {
        foreach (var key in path)
        {
            if (node is YamlScalarNode { Value: "null" or "" } or YamlMappingNode { Children.Count: 0 })
            {
                return null;
            }

            if (node is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(key), out var next))
            {
                return key;
            }

            node = next;
        }

        return null;
    }
}
