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

        var keys = await ChartKeys.ReadTopLevelAsync(Chart(folder.Path), CancellationToken.None);

        Assert.That(keys, Is.EquivalentTo((string[])["global", "server", "ui", "nameOverride", "serverTelemetry", "consul", "store", "redis"]));
    }

    [Test]
    public async Task Of_a_chart_that_cannot_be_read_nothing_is_known()
    {
        using var folder = new TemporaryFolder();
        folder.Write("vault.tgz", "not an archive");

        Assert.That(await ChartKeys.ReadTopLevelAsync(Chart(Path.Combine(folder.Path, "vault.tgz")), CancellationToken.None), Is.Empty);
    }

    private static Chart Chart(string path) => new(ChartReference.Parse("oci://registry/vault"), path, "vault", "0.34.1", "2.0.4", "00");
}
