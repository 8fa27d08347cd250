using VaultConformance.Controls.Tests.Fixes;
using VaultConformance.Controls.Tests.Matrix;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Declared;

/// <summary>What is found in values before anything runs is mended by the change that is offered, or listed as left.</summary>
public sealed class LintedFixTests
{
    private LintLab _lab = null!;

    [OneTimeSetUp]
    public async Task Open() => _lab = await LintLab.OpenAsync();

    [OneTimeTearDown]
    public void Close() => _lab?.Dispose();

    [TestCaseSource(nameof(Files))]
    public async Task What_fails_after_the_change_is_what_was_listed(string file)
    {
        var text = await File.ReadAllTextAsync(file);
        var patches = text.StartsWith("# expect", StringComparison.Ordinal)
            ? LiveCase.HeaderOf(file).Patches.Select(patch => Path.Combine(Path.GetDirectoryName(file)!, patch)).ToList()
            : [];
        var before = await _lab.JudgeAsync([file], patches);
        var fix = FixSamples.PlanResults(text, before.Results);
        if (fix?.Text is null)
        {
            Assert.That(fix?.Mended ?? [], Is.Empty);
            return;
        }

        var changed = Path.Combine(_lab.Folder, Path.GetFileName(file));
        await File.WriteAllTextAsync(changed, fix.Text);
        var after = await _lab.JudgeAsync([changed], patches);

        Assert.That(
            after.FailedIds.Order(StringComparer.Ordinal), Is.EqualTo(fix.Rest.Select(rest => rest.Id.ToString()).Order(StringComparer.Ordinal)),
            $"{after.Describe()}\n{string.Join('\n', fix.Rest.Select(rest => $"{rest.Id} ({rest.Kind}): {rest.Reason}"))}\n{fix.Diff}");
    }

    // The fixture chart has no Route, which the values for OpenShift ask for.
    private static IEnumerable<TestCaseData> Files() =>
        new[] { Repository.File("fixtures", "values"), Repository.File("fixtures", "values", "noncompliant"), Repository.File("conformance", "VaultConformance.Controls.Tests", "Fixes", "Values") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml"))
            .Concat(Environment.GetEnvironmentVariable("LINT_EXTRA") is { } extra ? Directory.EnumerateFiles(extra, "v0.yaml", SearchOption.AllDirectories) : [])
            .Where(file => Path.GetFileName(file) != "openshift.yaml")
            .Order(StringComparer.Ordinal)
            .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetRelativePath(Repository.Root, file)));
}
