using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

public sealed class ProfileVerbTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task All_versions_are_listed_side_by_side()
    {
        _app.Profiles["baseline-1.10"] = TestApp.ProfileText("baseline", "1.10") + "platform: eks\n";

        var result = await _app.RunAsync("profile", "list");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
        Assert.That(result.Output, Does.Match("(?s)baseline@1.0 +any .*baseline@1.10 +eks .*hardened@2.0 +any .*for tests"));
        Assert.That(result.Output, Does.EndWith("3 profiles. A name without a version means its highest one. 'profile show' tells the rest.\n"));
    }

    [Test]
    public async Task Programs_get_a_list_in_json()
    {
        var list = JsonNode.Parse((await _app.RunAsync("profile", "list", "--json")).Output)!.AsArray();

        Assert.That(list.Select(profile => profile!["reference"]!.GetValue<string>()), Is.EqualTo(new[] { "baseline@1.0", "hardened@2.0" }));
        Assert.That(
            list[0]!.AsObject().Select(pair => pair.Key), Is.EqualTo(new[] { "reference", "name", "version", "platform", "must", "should", "may", "notApplicable", "description" }));
    }

    [Test]
    public async Task What_does_not_apply_counts_as_nothing_else()
    {
        _app.Profiles["mine-1.0"] = TestApp.ProfileText("mine").Replace("CORE-1: {level: must}", "CORE-1: {level: must, notApplicable: none here}", StringComparison.Ordinal);

        var list = JsonNode.Parse((await _app.RunAsync("profile", "list", "--json")).Output)!.AsArray();

        int Number(string profile, string field) => list.Single(entry => entry!["name"]!.GetValue<string>() == profile)![field]!.GetValue<int>();
        Assert.That(Number("mine", "notApplicable"), Is.EqualTo(1));
        Assert.That(Number("mine", "must"), Is.EqualTo(Number("baseline", "must") - 1));
    }

    [Test]
    public async Task A_profile_is_shown_with_levels_reasons_and_parameters()
    {
        _app.WriteWork("mine.yaml", TestApp.ProfileText("mine")
            .Replace("CORE-1: {level: must}", "CORE-1: {level: may, reason: because}", StringComparison.Ordinal)
            .Replace("CORE-2: {level: should}", "CORE-2: {level: must}", StringComparison.Ordinal)
            .Replace("CORE-4: {level: must}", "CORE-4: {level: must, notApplicable: none here}", StringComparison.Ordinal)
            + "platform: eks\nparameters: {allowedUids: [1, 2]}\n");

        var output = (await _app.RunAsync("profile", "show", "mine.yaml")).Output;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.StartWith("mine@1.0, for eks\nfor tests\n"));
            Assert.That(output, Does.Match("CORE-1 +MAY .* because"));
            Assert.That(output, Does.Match("CORE-2 +MUST .* raised from SHOULD"));
            Assert.That(output, Does.Match("CORE-4 +N/A .* none here"));
            Assert.That(output, Does.Contain("\nallowedUids                     [1,2]\n").And.Contain("\nallowedGids                     [1000] (default)\n"));
            Assert.That(output, Does.Contain("\nencryptedSwapAttestation        not given (default)\n").And.Contain("\nwhenDisruptionForbidden         \"inconclusive\" (default)\n"));
        }
    }

    [Test]
    public async Task A_profile_that_extends_another_one_is_shown_whole_and_says_so()
    {
        _app.WriteWork("mine.yaml", "name: mine\nversion: \"1.0\"\nextends: baseline@1.0\ndescription: d\ncontrols: {CORE-1: {level: may, reason: because}}\n");

        var output = (await _app.RunAsync("profile", "show", "mine.yaml")).Output;
        var json = JsonNode.Parse((await _app.RunAsync("profile", "show", "mine.yaml", "--json")).Output)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.StartWith("mine@1.0, for any platform\nd\nIt extends baseline@1.0. What follows is the whole of it.\n"));
            Assert.That(output, Does.Match("CORE-1 +MAY .* because").And.Match("CORE-2 +SHOULD").And.Match("TLS-7 +MUST"));
            Assert.That((await _app.RunAsync("profile", "show", "mine.yaml", "--yaml")).Output, Does.StartWith("# mine@1.0 as a whole, with what it takes from baseline@1.0.\nname: \"mine\"\n"));
            Assert.That((await _app.RunAsync("profile", "show", "baseline", "--yaml")).Output, Is.EqualTo(TestApp.ProfileText("baseline")));
            Assert.That(json["extends"]!.GetValue<string>(), Is.EqualTo("baseline@1.0"));
            Assert.That(json["controls"]!["CORE-2"]!["level"]!.GetValue<string>(), Is.EqualTo("should"));
        }
    }

    [Test]
    public async Task Checking_a_file_follows_what_it_extends()
    {
        var good = _app.WriteWork("good.yaml", "name: good\nversion: \"1.0\"\nextends: base.yaml\ndescription: d\n");
        var bad = _app.WriteWork("bad.yaml", "name: bad\nversion: \"1.0\"\nextends: baselin@1.0\ndescription: d\n");
        _app.WriteWork("base.yaml", TestApp.ProfileText("base"));

        var result = await _app.RunAsync("profile", "check", "good.yaml", "bad.yaml");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((3, $"{good}: good@1.0 is valid\n")));
        Assert.That(result.Error, Does.StartWith($"Error: Profile '{bad}' has a problem:\n  line 3: there is no profile 'baselin@1.0' to extend (did you mean 'baseline@1.0'?)"));
    }

    [Test]
    public async Task Programs_get_a_profile_with_the_words_of_its_file()
    {
        var profile = JsonNode.Parse((await _app.RunAsync("profile", "show", "baseline", "--json")).Output)!;

        Assert.That(profile["controls"]!["CORE-2"]!["level"]!.GetValue<string>(), Is.EqualTo("should"));
        Assert.That(profile["parameters"]!["whenDisruptionForbidden"]!.GetValue<string>(), Is.EqualTo("inconclusive"));
    }

    [Test]
    public async Task A_profile_that_is_not_there_is_refused()
    {
        var result = await _app.RunAsync("profile", "show", "baselin");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.StartWith("Error: There is no profile 'baselin' (did you mean 'baseline'?). Known profiles: baseline@1.0, hardened@2.0."));
    }

    [Test]
    public async Task Files_are_checked_one_by_one_and_every_problem_is_told()
    {
        var good = _app.WriteWork("good.yaml", TestApp.ProfileText("good"));
        var bad = _app.WriteWork("bad.yaml", TestApp.ProfileText("Bad", "one"));
        var worse = _app.WriteWork("worse.yaml", "- x\n");

        var result = await _app.RunAsync("profile", "check", "bad.yaml", "good.yaml", "worse.yaml");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Output, Is.EqualTo($"{good}: good@1.0 is valid\n"));
        Assert.That(result.Error, Is.EqualTo($"""
            Error: Profile '{bad}' has 2 problems:
              line 1: name 'Bad' may have only lower-case letters, digits and '-'
              line 2: version 'one' must look like 1.0
            Error: Profile '{worse}' has a problem:
              line 1: a profile is a mapping with the fields name, version, description, controls

            """));
        Assert.That((await _app.RunAsync("profile", "check", "good.yaml")).ExitCode, Is.Zero);
    }
}
