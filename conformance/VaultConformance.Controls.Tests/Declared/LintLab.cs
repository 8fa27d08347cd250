using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Declared;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.OfflineKit;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Judging;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Declared;

/// <summary>Judges what values files declare, in this process and without any cluster.</summary>
internal sealed class LintLab : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vault-conformance-lint-").FullName;

    private LintLab(HelmClient helm, Chart chart) => (Helm, Chart) = (helm, chart);

    public string Folder => _folder;

    public HelmClient Helm { get; }

    public Chart Chart { get; }

    /// <summary>Opens Helm and a chart; the tests are ignored where there is no Helm.</summary>
    public static async Task<LintLab> OpenAsync(string? chart = null)
    {
        var kit = Path.Combine(KitPaths.FromEnvironment(Environment.GetEnvironmentVariable).Cache, "helm");
        var program = Directory.Exists(kit) ? Directory.EnumerateFiles(kit, "helm", SearchOption.AllDirectories).FirstOrDefault() : null;
        if (program is null)
        {
            Assert.Ignore("Helm is not in the offline kit of this machine: nothing can be rendered.");
        }

        var home = Directory.CreateTempSubdirectory("vault-conformance-helm-").FullName;
        var helm = await HelmClient.OpenAsync(program, home, CancellationToken.None);
        var reference = ChartReference.Parse(chart ?? Repository.File("fixtures", "chart"));
        return new LintLab(helm, await new ChartLoader(helm, home).LoadAsync(reference, null, CancellationToken.None));
    }

    /// <summary>Judges values files.</summary>
    public async Task<LintOutcome> JudgeAsync(
        IReadOnlyList<string> files, IReadOnlyList<string>? patches = null, string profile = "baseline", bool effects = false)
    {
        var options = new DeploymentOptions
        {
            RunId = "test", Chart = Chart, ValuesFiles = files, Patches = patches ?? [],
            WorkFolder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName, EvidenceFolder = _folder,
        };
        var loaded = (await BuiltInProfiles.All.LoadAsync(profile, _folder, CancellationToken.None)).Profile;
        var rendering = new DeclaredRendering(Helm, options, TimeProvider.System)
        {
            FindsEffects = effects, IsCompletedByAdmission = loaded.Parameters.UidRangeFromNamespace,
        };
        var declared = await rendering.RenderAsync(CancellationToken.None);
        var suite = await ConformanceSuite.RunAsync(
            declared.Target, loaded, new SuiteOptions { OnlyDeclared = true }, null, CancellationToken.None);
        await declared.Values;
        return new LintOutcome(suite.Results);
    }

    /// <summary>Judges values that are given as text.</summary>
    public async Task<LintOutcome> JudgeTextAsync(string values, string profile = "baseline", bool effects = false)
    {
        var file = Path.Combine(_folder, "values.yaml");
        await File.WriteAllTextAsync(file, values);
        return await JudgeAsync([file], profile: profile, effects: effects);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>What was judged.</summary>
internal sealed record LintOutcome(IReadOnlyList<ControlResult> Results)
{
    /// <summary>Ids of the controls that fail; recommendations with a star.</summary>
    public IReadOnlyList<string> Failed =>
        [.. Results.Where(result => result.Outcome == Outcome.Failed).Select(result => $"{result.Control.Id}{(result.Level == Requirement.Must ? "" : "*")}")];

    public IReadOnlyList<string> FailedIds => [.. Failed.Select(id => id.TrimEnd('*'))];

    public string Describe() => string.Join('\n', Results.Where(result => result.Outcome == Outcome.Failed).Select(result => $"{result.Control.Id}: {result.Summary}"));

    public ControlResult Of(string id) => Results.Single(result => result.Control.Id.ToString() == id);
}
