using System.Text.RegularExpressions;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Runs;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Tests;

/// <summary><c>docs/settings.md</c> lists the settings that there are.</summary>
public sealed partial class SettingsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFolder.FindContaining(AppContext.BaseDirectory).Root, "docs", "settings.md"));

    [Test]
    public void The_table_has_each_setting_with_its_kind()
    {
        var rows = Row().Matches(Page).Select(row => (row.Groups[1].Value, row.Groups[2].Value));

        Assert.That(rows, Is.EqualTo(Settings.All.Select(setting => (setting.Name, Describe(setting)))));
    }

    [Test]
    public void The_example_is_read_without_a_problem()
    {
        using var app = new TestApp();
        app.WriteWork(FileLayer.FileName, Example().Match(Page).Groups[1].Value);
        var problems = new PlanProblems();

        var layer = FileLayer.Read(app.WorkingFolder, problems);

        Assert.That(problems.ThrowIfAny, Throws.Nothing);
        Assert.That(layer.Find(Settings.FailOn)?.Values, Is.EqualTo(new[] { "should" }));
    }

    private static string Describe(Setting setting) => setting.Kind switch
    {
        SettingKind.Switch => "true or false",
        SettingKind.Many => $"a text or a list: `{setting.Hint.Replace("|", "\\|", StringComparison.Ordinal)}`",
        _ => $"a text: `{setting.Hint.Replace("|", "\\|", StringComparison.Ordinal)}`",
    };

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \| (.*?) \| [^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
