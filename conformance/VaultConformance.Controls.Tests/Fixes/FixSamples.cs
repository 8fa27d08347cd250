using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Fixes;
using VaultConformance.Runs.Records;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>Changes of values for made-up failures.</summary>
internal static class FixSamples
{
    /// <summary>Every control that values can mend.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. ControlCatalogue.BuiltIn.Controls.Where(control => control.Guide!.Mending!.Kind == MendedBy.Values).Select(control => control.Id.ToString())];

    /// <summary>The change for a values file when controls fail.</summary>
    public static RunFix Plan(string text, params IEnumerable<string> failed) => Plan([text], failed);

    /// <summary>The change for values files when controls fail.</summary>
    public static RunFix Plan(IReadOnlyList<string> texts, IEnumerable<string> failed, string release = "vault", ProfileParameters? profile = null)
    {
        var files = texts.Index().Select(text => new RecordedValuesFile($"values-{text.Index + 1}.yaml", text.Item)).ToList();
        var results = ControlCatalogue.BuiltIn.Controls.Where(control => failed.Contains(control.Id.ToString())).Select(Fail).ToList();
        return new FixPlanner(new RecordedValues(files, Defaults, release, []), profile ?? new ProfileParameters()).Plan(results)!;
    }

    /// <summary>The change for a values file when facts of one control failed.</summary>
    public static RunFix PlanFindings(string text, string control, params IEnumerable<(string Subject, string Fact, string Actual)> failed) =>
        PlanResults(text, [Fail(ControlCatalogue.BuiltIn.Controls.Single(candidate => candidate.Id.ToString() == control)) with
        {
            Findings = [.. failed.Select(fact => new Finding(fact.Subject, fact.Fact, "something else", fact.Actual, Outcome.Failed))],
        }]);

    /// <summary>The change for a values file and results.</summary>
    public static RunFix PlanResults(string text, IReadOnlyList<ControlResult> results, params IReadOnlyList<string> written) => new FixPlanner(
        new RecordedValues([new RecordedValuesFile("values.yaml", text)], Defaults, "vault", []), new ProfileParameters()) { Written = written }.Plan(results)!;

    /// <summary>The change for a values file and controls that failed, of a server that writes to paths that no values name.</summary>
    public static RunFix PlanWritten(string text, IReadOnlyList<string> written, params IEnumerable<string> failed) =>
        PlanResults(text, [.. ControlCatalogue.BuiltIn.Controls.Where(control => failed.Contains(control.Id.ToString())).Select(Fail)], written);

    /// <summary>The values that a text says.</summary>
    public static FixMap Values(string text) => TreeValues.Read(YamlTreeReader.Read(new TextLines(text)));

    /// <summary>A value as text.</summary>
    public static string? Text(FixMap values, string path) => (values.FindAt(path.Split('.')) as FixText)?.Text;

    /// <summary>The server configurations of the fixture chart.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } = ReadDefaults();

    private static Dictionary<string, string> ReadDefaults()
    {
        var values = Values(File.ReadAllText(Repository.File("fixtures", "chart", "values.yaml")));
        return new[] { "server.standalone.config", "server.ha.config", "server.ha.raft.config" }.ToDictionary(key => key, key => Text(values, key)!);
    }

    private static ControlResult Fail(ControlDescriptor control) =>
        new(control, control.Level, null, Outcome.Failed, "made up", [], TimeSpan.Zero);
}
