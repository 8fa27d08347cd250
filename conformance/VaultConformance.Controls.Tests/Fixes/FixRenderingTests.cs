using VaultConformance.Harness.Helm;
using VaultConformance.OfflineKit;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>A change never breaks a release: what Helm makes of the changed values fits together.</summary>
public sealed class FixRenderingTests
{
    private string _folder = null!;
    private HelmClient _helm = null!;

    [OneTimeSetUp]
    public async Task FindHelm()
    {
        _folder = Directory.CreateTempSubdirectory("vault-conformance-fix-").FullName;
        var kit = KitPaths.FromEnvironment(Environment.GetEnvironmentVariable).Cache;
        var program = Directory.Exists(Path.Combine(kit, "helm"))
            ? Directory.EnumerateFiles(Path.Combine(kit, "helm"), "helm", SearchOption.AllDirectories).FirstOrDefault()
            : null;
        if (program is null)
        {
            Assert.Ignore("Helm is not in the offline kit of this machine: nothing can be rendered.");
        }

        _helm = await HelmClient.OpenAsync(program, Path.Combine(_folder, "home"), CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Files))]
    public async Task Changed_values_render_to_a_release_that_fits_together(string file)
    {
        var text = await File.ReadAllTextAsync(file);
        var fix = FixSamples.Plan(text, FixSamples.All);
        TestContext.Out.WriteLine(fix.Diff);
        TestContext.Out.WriteLine(string.Join('\n', fix.Rest.Select(rest => $"{rest.Id}: {rest.Reason}")));

        var before = await RenderAsync(text);
        if (fix.Text is not { } changed || before is null)
        {
            return;
        }

        var after = await RenderAsync(changed);

        Assert.That(after, Is.Not.Null, "Helm renders what it rendered before");
        Assert.That(after!.ListDuplicates(), Is.EquivalentTo(before.ListDuplicates()), "no mount path, volume or variable is there twice");
        Assert.That(after.ListMissingVolumes(), Is.EquivalentTo(before.ListMissingVolumes()), "every mount has its volume");
        Assert.That(after.ListSchemes(), Is.EqualTo(before.ListSchemes()).Or.EqualTo(new[] { "https" }), "listener, probes and addresses agree");
        Assert.That(FixSamples.Plan(changed, FixSamples.All).Text, Is.Null, "the same change again changes nothing");
    }

    private static IEnumerable<TestCaseData> Files() => new[] { Repository.File("fixtures", "values"), Repository.File("conformance", "VaultConformance.Controls.Tests", "Fixes", "Values") }
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
        .Where(file => !file.Contains("patches", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));

    private async Task<RenderedServer?> RenderAsync(string values)
    {
        var file = Path.Combine(_folder, "values.yaml");
        await File.WriteAllTextAsync(file, values);
        var result = await _helm.RunAsync("template", ["template", "vault", Repository.File("fixtures", "chart"), "--values", file], CancellationToken.None);
        return result.ExitCode == 0 ? RenderedServer.Read(result.StandardOutput) : null;
    }
}
