using System.Text.RegularExpressions;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Framework;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Runs.Records;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Controls.Tests;

/// <summary>What belongs together stays together: controls, documentation, profiles.</summary>
public sealed class CatalogueTests
{
    private static readonly IReadOnlyList<ControlDescriptor> Controls = ControlCatalogue.BuiltIn.Controls;

    // The first three compare two versions of a chart, which a plain run does not have. The others are catalogued and not built yet.
    private static readonly string[] Elsewhere = ["UPG-3", "UPG-4", "UPG-5", "HA-3"];

    [Test]
    public void Controls_are_sorted_and_numbered_without_gaps()
    {
        Assert.That(Controls, Is.Ordered.By(nameof(ControlDescriptor.Id)));
        foreach (var family in Controls.GroupBy(control => control.Id.Family))
        {
            var numbers = Enumerable.Range(1, family.Max(control => control.Id.Number)).Where(number => !Elsewhere.Contains($"{family.Key}-{number}"));
            Assert.That(family.Select(control => control.Id.Number), Is.EqualTo(numbers), family.Key);
        }
    }

    [Test]
    public void Every_control_has_a_revision() => Assert.That(Controls.Select(control => control.Revision), Has.All.Positive);

    [TestCaseSource(nameof(Controls))]
    public void Every_control_is_documented(ControlDescriptor control)
    {
        var page = File.ReadAllText(Repository.File("docs", "controls", $"{control.Id.Family}.md"));
        var index = File.ReadAllText(Repository.File("docs", "controls", "index.md"));

        Assert.That(page, Does.Match($@"\n## {control.Id} .*\n\n\*\*Requires \({control.Level.ToString().ToUpperInvariant()}\b"));
        Assert.That(index, Does.Contain($"({control.Id.Family}.md#{Anchor(page, control.Id)})"));
    }

    [TestCaseSource(nameof(Controls))]
    public void The_index_marks_what_changes_the_running_system(ControlDescriptor control)
    {
        var row = File.ReadLines(Repository.File("docs", "controls", "index.md")).Single(line => line.StartsWith($"| [{control.Id}]", StringComparison.Ordinal));

        Assert.That(row.Contains('†', StringComparison.Ordinal), Is.EqualTo(control.Disruptive), row);
    }

    [TestCaseSource(nameof(Controls))]
    public void The_page_says_of_exactly_the_disruptive_controls_that_they_are(ControlDescriptor control)
    {
        var page = File.ReadAllText(Repository.File("docs", "controls", $"{control.Id.Family}.md"));
        var requires = Regex.Match(page, $@"\n## {control.Id} .*\n\n\*\*Requires \(([^)]*)\)").Groups[1].Value;

        Assert.That(requires.Contains("disruptive", StringComparison.Ordinal), Is.EqualTo(control.Disruptive), requires);
    }

    [TestCaseSource(nameof(Controls))]
    public void A_control_is_disruptive_when_an_observation_that_it_names_changes_the_release(ControlDescriptor control) =>
        Assert.That(control.Disruptive, Is.EqualTo(ControlEffects.FindImpact(control) != ObservationImpact.Passive));

    [Test]
    public void No_control_rests_on_an_observation_that_changes_the_release_without_being_disruptive()
    {
        var changing = ObservationKinds.All.Where(kind => kind.Impact != ObservationImpact.Passive).Select(kind => $"/{kind.Name}.json").ToList();

        var resting = new ReleaseEvidence().Judge().Values
            .Where(result => result.Findings.Any(finding => finding.Evidence.Any(part => changing.Exists(name => part.EndsWith(name, StringComparison.Ordinal)))));

        Assert.That(resting.Where(result => !result.Control.Disruptive).Select(result => result.Control.Id), Is.Empty);
    }

    [Test]
    public void What_changes_the_release_says_how() => Assert.That(
        ObservationKinds.All.Where(kind => kind.Impact != ObservationImpact.Passive), Has.All.Property(nameof(ObservationKind.Effect)).Not.Null);

    [TestCaseSource(nameof(Controls))]
    public void Every_control_is_in_the_changelog(ControlDescriptor control) =>
        Assert.That(File.ReadAllText(Repository.File("CHANGELOG.md")), Does.Match($@"\b{control.Id}\b"));

    [Test]
    public void Every_profile_in_the_folder_is_built_in() => Assert.That(
        BuiltInProfiles.References.Select(reference => reference.Replace('@', '-') + ".yaml"),
        Is.EquivalentTo(Directory.EnumerateFiles(Repository.File("conformance", "profiles")).Select(Path.GetFileName)));

    [TestCase("baseline", null)]
    [TestCase("hardened", null)]
    [TestCase("course", null)]
    [TestCase("eks", "eks")]
    [TestCase("aks", "aks")]
    [TestCase("gke", "gke")]
    [TestCase("openshift", "openshift")]
    [TestCase("hvd-openshift", "openshift")]
    [TestCase("k3s", "k3s")]
    public async Task Every_built_in_profile_is_valid_and_names_every_control(string name, string? platform)
    {
        var profile = await BuiltInProfiles.LoadAsync(name, CancellationToken.None);

        Assert.That(profile.Reference, Is.EqualTo($"{name}@1.0"));
        Assert.That(profile.Platform, Is.EqualTo(platform));
        Assert.That(profile.Controls.Keys, Is.EquivalentTo(Controls.Select(control => control.Id)));
    }

    [Test]
    public async Task Course_requires_exactly_what_the_course_page_demands()
    {
        var course = await BuiltInProfiles.LoadAsync("course@1.0", CancellationToken.None);
        string[] demanded =
        [
            "CORE-1", "CORE-2", "MEM-1", "MEM-3", "ID-1", "ID-2", "FS-1", "FS-2", "FS-3", "FS-4", "PROC-1", "PROC-2", "TLS-1", "TLS-2", "TLS-3", "TLS-4", "TLS-5", "TLS-6",
            "HA-4", "K8S-2", "API-3", "API-4", "API-5", "UPG-2", "UPG-6",
        ];

        var required = course.Controls.Where(pair => pair.Value.Level == Requirement.Must).Select(pair => pair.Key.ToString());
        Assert.That(required, Is.EquivalentTo(demanded.Where(id => Controls.Any(control => control.Id.ToString() == id))));
        Assert.That(course.Controls.Values.Where(control => control.Level != Requirement.Must), Has.All.Property("Level").EqualTo(Requirement.May));
        Assert.That((course.Parameters.AllowedUids, course.Parameters.ExactIdentityRequired), Is.EqualTo((new long[] { 1000 }, true)));
    }

    [TestCase("eks", "CORE-2 May, FS-3 Should, HA-1 Should, HA-2 Should, PROC-1 Should")]
    [TestCase("aks", "CORE-2 May, FS-3 Should, HA-1 Should, HA-2 Should, PROC-1 Should")]
    [TestCase("gke", "CORE-2 May, FS-3 Should, HA-1 Should, HA-2 Should, PROC-1 Should")]
    [TestCase("openshift", "FS-3 Should, HA-1 Should, HA-2 Should, K8S-4 May, PROC-1 Should")]
    [TestCase("hvd-openshift", "FS-1 May, FS-2 May, FS-3 Should, K8S-4 May, NET-1 Should, PROC-1 Should")]
    [TestCase("k3s", "FS-3 Should, HA-1 Should, HA-2 Should, PROC-1 Should")]
    public async Task A_platform_excuses_only_what_is_out_of_reach_on_it(string name, string excused)
    {
        var profile = await BuiltInProfiles.LoadAsync(name, CancellationToken.None);

        var lowered = Controls.Where(control => profile.Controls[control.Id].Level < control.Level).Select(control => $"{control.Id} {profile.Controls[control.Id].Level}");
        Assert.That(string.Join(", ", lowered), Is.EqualTo(excused));
        Assert.That(profile.Controls.Values, Has.All.Property("NotApplicable").Null, "everything is judged and shown");
    }

    [Test]
    public async Task Waivers_that_are_shown_as_examples_can_be_read()
    {
        var loader = new WaiverLoader(Controls);
        var page = Regex.Match(File.ReadAllText(Repository.File("docs", "waivers.md")), "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.That(loader.Parse("waivers.md", page).Waivers, Has.Count.EqualTo(1));
        Assert.That((await loader.LoadAsync([Repository.File("fixtures", "waivers", "example.yaml")], CancellationToken.None)).Single().Waivers, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Baseline_excuses_only_what_the_chart_cannot_do_and_hardened_excuses_nothing()
    {
        var baseline = await BuiltInProfiles.LoadAsync("baseline@1.0", CancellationToken.None);
        var hardened = await BuiltInProfiles.LoadAsync("hardened", CancellationToken.None);

        var excused = baseline.Controls.Where(pair => pair.Value.Reason is not null).Select(pair => $"{pair.Key} {pair.Value.Level} {pair.Value.Reason![..15]}");
        Assert.That(excused, Is.EquivalentTo(["FS-3 Should chart-inherent:", "HA-1 Should a requirement o", "HA-2 Should a requirement o", "PROC-1 Should chart-inherent:"]));
        Assert.That(Controls.Where(control => hardened.Controls[control.Id].Level < control.Level), Is.Empty);
    }

    [Test]
    public async Task A_profile_that_is_not_there_is_named_together_with_those_that_are() => await Assert.ThatAsync(
        () => BuiltInProfiles.LoadAsync("strict", CancellationToken.None),
        Throws.TypeOf<ProfileException>().With.Message.EqualTo(
            "There is no profile 'strict'. Known profiles: aks@1.0, baseline@1.0, course@1.0, eks@1.0, gke@1.0, hardened@1.0, hvd-openshift@1.0, k3s@1.0, openshift@1.0. "
            + "Give one of them, or the path of a profile file."));

    [Test]
    public void Ids_that_are_used_twice_are_refused() => Assert.That(
        () => ControlCatalogue.From([typeof(SampleControls<int>), typeof(SampleControls<long>)], SamplePages.All),
        Throws.InvalidOperationException.With.Message.StartsWith("Control ids are used twice: SAM-1, SAM-2,"));

    private static string Anchor(string page, ControlId id)
    {
        var title = Regex.Match(page, $"^## ({id} .*)$", RegexOptions.Multiline).Groups[1].Value;
        return Regex.Replace(title.ToLowerInvariant(), "[^a-z0-9 _-]", "").Replace(' ', '-');
    }
}
