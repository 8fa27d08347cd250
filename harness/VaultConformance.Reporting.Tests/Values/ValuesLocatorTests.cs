using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;

namespace VaultConformance.Reporting.Tests.Values;

public sealed class ValuesLocatorTests
{
    private const string ReadOnlyRoot = "server.statefulSet.securityContext.container.readOnlyRootFilesystem";

    private const string Hardened = """
        # Vault of the shop
        server:
          image:
            tag: "2.0.4"
          statefulSet:
            securityContext:
              container:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: false
        """;

    [Test]
    public void A_key_that_is_set_is_told_with_its_line_and_value() =>
        Assert.That(Find([Hardened], ReadOnlyRoot), Is.EqualTo([Value(ReadOnlyRoot, 9, "false")]));

    [Test]
    public void A_key_that_nobody_set_says_nothing() => Assert.That(Find([Hardened], "server.preStop", "global.tlsDisable"), Is.Empty);

    [Test]
    public void A_block_that_replaces_the_charts_own_is_told_when_the_key_is_missing_in_it() =>
        Assert.That(
            Find([Hardened], "server.statefulSet.securityContext.container.capabilities.drop"),
            Is.EqualTo([Value("server.statefulSet.securityContext.container", 7, "mapping with 2 keys, without capabilities")]));

    [Test]
    public void The_deepest_ancestor_within_such_a_block_is_told() =>
        Assert.That(
            Find(["server:\n  resources:\n    limits:\n      cpu: 1\n"], "server.resources.limits.memory"),
            Is.EqualTo([Value("server.resources.limits", 3, "mapping with 1 key, without memory")]));

    [Test]
    public void An_ancestor_that_only_adds_to_the_chart_is_no_cause() =>
        Assert.That(Find([Hardened], "server.statefulSet.securityContext.pod.runAsUser", "server.image.repository"), Is.Empty);

    [Test]
    public void The_last_file_that_sets_a_key_wins()
    {
        var other = "server:\n\n  image: {tag: 1.19.0}\n";

        var found = Locator(("a/base.yaml", Hardened), ("b/site.yaml", other)).Find(["server.image.tag", ReadOnlyRoot]);

        Assert.That(found, Is.EqualTo([
            new DeclaredValue("server.image.tag", "site.yaml", 3, "1.19.0") { Path = "b/site.yaml" },
            new DeclaredValue(ReadOnlyRoot, "base.yaml", 9, "false") { Path = "a/base.yaml" },
        ]));
    }

    [TestCase("null")]
    [TestCase("~")]
    [TestCase("")]
    public void A_null_removes_what_earlier_files_say_and_is_told(string text)
    {
        var found = Find([Hardened, $"server:\n  statefulSet:\n    securityContext:\n      container: {text}\n"], ReadOnlyRoot);

        Assert.That(found, Is.EqualTo([
            new DeclaredValue("server.statefulSet.securityContext.container", "1.yaml", 4, "null, and so without readOnlyRootFilesystem"),
        ]));
    }

    [Test]
    public void A_value_of_another_kind_hides_what_earlier_files_say() =>
        Assert.That(Find([Hardened, "server: off\n", "server: {replicas: 1}\n"], ReadOnlyRoot, "server.image.tag"), Is.Empty);

    [Test]
    public void A_list_is_replaced_and_not_merged() =>
        Assert.That(
            Find(["server:\n  preStop: [a, b]\n", "server:\n  preStop:\n  - c\n"], "server.preStop"),
            Is.EqualTo([new DeclaredValue("server.preStop", "1.yaml", 2, "list of 1 entry")]));

    [Test]
    public void A_switch_that_is_off_comes_after_what_is_on()
    {
        const string Text = "server:\n  ingress: {enabled: false}\n  route:\n    tls: {termination: edge}\n";

        Assert.That(
            Find([Text], "server.ingress.enabled", "server.route.tls.termination").Select(value => value.Text),
            Is.EqualTo(new[] { "edge", "false" }));
    }

    [Test]
    public void A_word_is_found_in_a_list_as_a_key_or_as_a_value()
    {
        const string Text = """
            server:
              volumes:
              - name: tls
                secret: {secretName: tls, defaultMode: 420}
              volumeMounts:
              - {name: tls, mountPath: /tls}
              - {name: tmp, mountPath: /tmp}
            """;

        Assert.That(
            Find([Text], "server.volumes#defaultMode", "server.volumeMounts#/tmp", "server.volumeMounts#subPath"),
            Is.EqualTo([Value("server.volumes#defaultMode", 4, "420"), Value("server.volumeMounts#/tmp", 7, "/tmp")]));
    }

    [Test]
    public void A_value_without_the_word_is_told_only_when_nothing_else_is_known() =>
        Assert.That(
            Find(["server:\n  volumes:\n  - {name: tls}\n"], "server.volumes#defaultMode"),
            Is.EqualTo([Value("server.volumes", 2, "list of 1 entry, without defaultMode")]));

    [TestCase("", "server.standalone.config")]
    [TestCase("{enabled: true}", "server.ha.config")]
    [TestCase("{enabled: true, raft: {enabled: true}}", "server.ha.raft.config")]
    [TestCase("{enabled: false, raft: {enabled: true}}", "server.ha.raft.config", Description = "the chart takes it for a single server, too")]
    [TestCase("{enabled: True, raft: {enabled: yes}}", "server.ha.raft.config")]
    public void Only_the_configuration_in_use_counts(string ha, string expected)
    {
        const string Text = "server:\n  standalone: {config: tls_disable = 1}\n  ha: {config: tls_disable = 1, raft: {config: tls_disable = 1}}\n";
        string[] keys = ["server.standalone.config#tls_disable", "server.ha.raft.config#tls_disable", "server.ha.config#tls_disable"];

        var found = Find([Text, ha.Length == 0 ? "" : $"server: {{ha: {ha}}}"], keys);

        Assert.That(found.Single(), Is.EqualTo(new DeclaredValue(expected + "#tls_disable", "0.yaml", expected.Contains("ha") ? 3 : 2, "tls_disable = 1")));
    }

    private static DeclaredValue Value(string key, int line, string text) => new(key, "0.yaml", line, text);

    private static IReadOnlyList<DeclaredValue> Find(string[] texts, params string[] keys) =>
        Locator([.. texts.Select((text, index) => ($"{index}.yaml", text))]).Find(keys);

    private static ValuesLocator Locator(params (string Path, string Text)[] files) => new(files.Select(file => ValuesFile.Parse(file.Path, file.Text)));
}
