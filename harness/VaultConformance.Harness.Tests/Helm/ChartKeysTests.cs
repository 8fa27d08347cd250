using VaultConformance.Harness.Helm;

namespace VaultConformance.Harness.Tests.Helm;

public sealed class ChartKeysTests
{
    [Test]
    public async Task Keys_come_from_values_templates_and_subcharts()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Chart.yaml", "name: vault\ndependencies:\n- name: consul\n  alias: store\n");
        folder.Write("values.yaml", "# comment\nserver:\n  ha: {}\nui: {}\n");
        folder.Write("templates/_helpers.tpl", "{{ default .Chart.Name .Values.nameOverride }}{{ $.Values.serverTelemetry.serviceMonitor }}");
        folder.Write("charts/redis/values.yaml", "inner: {}\n");

        var keys = await ChartKeys.ReadAsync(folder.Path, CancellationToken.None);

        Assert.That(keys.TopLevel, Is.EquivalentTo((string[])["global", "server", "ui", "nameOverride", "serverTelemetry", "consul", "store", "redis"]));
    }

    [Test]
    public async Task Of_a_chart_that_cannot_be_read_nothing_is_known()
    {
        using var folder = new TemporaryFolder();
        folder.Write("vault.tgz", "not an archive");

        Assert.That((await ChartKeys.ReadAsync(Path.Combine(folder.Path, "vault.tgz"), CancellationToken.None)).TopLevel, Is.Empty);
    }

    [Test]
    public async Task Keys_below_a_section_come_from_templates_and_from_comments()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Chart.yaml", "apiVersion: v2\nname: vault\nversion: \"0.34.1\"\n");
        folder.Write("values.yaml", "server:\n  # type: ClusterIP\n  ha: {}\n# other: 1\n");
        folder.Write("templates/a.yaml", "{{ .Values.server.hostAliases }}");

        var keys = await ChartKeys.ReadAsync(folder.Path, CancellationToken.None);

        Assert.That(keys.Below, Is.EquivalentTo((string[])["server.type", "server.hostAliases"]));
        Assert.That(keys.Title, Is.EqualTo("chart 'vault' 0.34.1"));
    }
}
