using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Bundles;

namespace VaultConformance.Cli.Tests;

/// <summary>Bundles that earlier versions wrote replay for ever, and say no more than they said.</summary>
public sealed class FrozenBundleTests
{
    [TestCase("layout-1-compliant.vcb", "Conformant", 0)]
    [TestCase("layout-1-chart-defaults.vcb", "NonConformant", 1, "FS-5", "ID-6")]
    public async Task A_bundle_of_an_earlier_version_is_judged_as_it_was(string name, string verdict, int exitCode, params string[] untold)
    {
        using var app = new TestApp();
        var file = Path.Combine(AppContext.BaseDirectory, "Frozen", name);

        var result = await app.RunAsync("replay", file, "--output", "again");

        var recorded = OutcomesOf(JsonNode.Parse(BundleReader.Open(file).Require(BundleLayout.Results).Span)!);
        var results = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(app.WorkingFolder, "again", "results.json")))!;
        var now = OutcomesOf(results);
        Assert.That((result.ExitCode, result.Error, (string?)results["verdict"]), Is.EqualTo((exitCode, string.Empty, verdict)));
        Assert.That(now.Where(entry => recorded.GetValueOrDefault(entry.Key) != entry.Value), Is.EquivalentTo(untold.ToDictionary(control => control, _ => "Inconclusive")));
    }

    [Test]
    public async Task A_bundle_without_snapshots_cannot_be_read_again_and_says_so()
    {
        using var app = new TestApp();

        var result = await app.RunAsync("replay", Path.Combine(AppContext.BaseDirectory, "Frozen", "layout-1-compliant.vcb"), "--reparse");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((
            3,
            "Error: The evidence in 'layout-1-compliant.vcb' holds no snapshot of a container, so that nothing can be read again. Replay it without --reparse; later versions record snapshots.\n")));
    }

    [Test]
    public async Task Evidence_that_is_damaged_is_not_called_evidence_without_snapshots()
    {
        using var app = new TestApp();
        await RecordedRun.WriteAsync(app, TestApp.Now);
        app.WriteWork("out/evidence/observations/release/objects.json", "not json");

        var result = await app.RunAsync("replay", "out", "--reparse");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("objects.json' cannot be read: ").And.Not.Contain("snapshot"));
    }

    private static Dictionary<string, string> OutcomesOf(JsonNode results) =>
        results["results"]!.AsArray().ToDictionary(result => (string)result!["id"]!, result => (string)result!["outcome"]!);
}
