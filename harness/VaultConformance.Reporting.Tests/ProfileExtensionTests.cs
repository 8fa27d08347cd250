using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Reporting.Tests;

/// <summary>A profile lists differences from another one, and what counts is the whole.</summary>
public sealed class ProfileExtensionTests
{
    private static readonly ControlDescriptor[] Catalogue =
        [SampleReports.Control("CORE-1"), SampleReports.Control("CORE-2", Requirement.Should), SampleReports.Control("TLS-4")];

    private readonly Dictionary<string, string> _texts = [];
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("profiles-").FullName;
        _texts.Clear();
        _texts["baseline-1.0"] = """
            name: baseline
            version: "1.0"
            platform: eks
            description: The base.
            controls:
              CORE-1: {level: should, reason: "base: \"quoted\" # no comment"}
              CORE-2: {level: should}
              TLS-4: {level: must, notApplicable: no clients}
            parameters:
              allowedUids: [7]
              encryptedSwapAttestation: LUKS
              writablePaths: [/tmp, "/data: x"]
            """;
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_is_not_named_is_taken_from_the_base()
    {
        var profile = (await LoadAsync("extends: baseline@1.0\ncontrols: {CORE-2: {level: must}}\nparameters: {allowedUids: [8], groupZeroAllowed: true}\n")).Profile;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((profile.Reference, profile.Extends, profile.Platform, profile.Description), Is.EqualTo(("mine@2.0", "baseline@1.0", "eks", "Mine.")));
            Assert.That(Levels(profile), Is.EqualTo("CORE-1 Should, CORE-2 Must, TLS-4 Must"));
            Assert.That(profile.Controls[ControlId.Parse("TLS-4")].NotApplicable, Is.EqualTo("no clients"));
            Assert.That(profile.Parameters.AllowedUids, Is.EqualTo(new long[] { 8 }));
            Assert.That(profile.Parameters.WritablePaths, Is.EqualTo(new[] { "/tmp", "/data: x" }));
            Assert.That((profile.Parameters.EncryptedSwapAttestation, profile.Parameters.GroupZeroAllowed), Is.EqualTo(("LUKS", true)));
        }
    }

    [Test]
    public async Task An_entry_replaces_that_of_the_base_as_a_whole()
    {
        var profile = (await LoadAsync("extends: baseline@1.0\ncontrols: {CORE-1: {level: must}, TLS-4: {level: must}}\n")).Profile;

        Assert.That(profile.Controls[ControlId.Parse("CORE-1")], Is.EqualTo(new ProfileControl(Requirement.Must, null, null)));
        Assert.That(profile.Controls[ControlId.Parse("TLS-4")], Is.EqualTo(new ProfileControl(Requirement.Must, null, null)));
    }

    [Test]
    public async Task A_platform_of_its_own_wins() =>
        Assert.That((await LoadAsync("extends: baseline@1.0\nplatform: gke\n")).Profile.Platform, Is.EqualTo("gke"));

    [Test]
    public async Task What_is_recorded_is_the_whole_and_reads_as_the_same_profile()
    {
        var source = await LoadAsync("extends: baseline@1.0\ncontrols: {CORE-2: {level: may, reason: 'it''s \"so\": #1 \\ é'}}\n");

        var recorded = new ProfileLoader(Catalogue).Parse("run.json", source.Text);

        Assert.That(source.Text, Does.StartWith("# mine@2.0 as a whole, with what it takes from baseline@1.0.\nname: \"mine\"\nversion: \"2.0\"\n").And.Not.Contains("extends"));
        Assert.That(recorded.Extends, Is.Null);
        Assert.That(ResolvedProfile.AreSame(recorded, source.Profile));
        Assert.That(recorded.Controls, Is.EquivalentTo(source.Profile.Controls));
        Assert.That(recorded.Controls[ControlId.Parse("CORE-2")].Reason, Is.EqualTo("it's \"so\": #1 \\ é"));
        Assert.That(recorded.Parameters.WritablePaths, Is.EqualTo(source.Profile.Parameters.WritablePaths));
    }

    [Test]
    public void Whatever_a_profile_may_say_is_recorded()
    {
        var parameters = new ProfileParameters
        {
            AllowedUids = [1, uint.MaxValue - 1L], AllowedCapabilities = ["A"], EncryptedSwapAttestation = "true", DeclaredProcesses = ["- x", "null", "1", "a\u2028b"], ExternalHosts = [],
            ReplicationPeers = ["10.0.0.0/8", "internal"], KubernetesAuth = true, DeclaredWorkloads = ["deployment/a"], ImageRegistries = ["r.example.com"], DeclaredAccess = ["Group/a"], DedicatedClusterAttestation = "a", SecretsEncryptionAttestation = "b", AuthMethods = ["approle", "jwt at ci/"], SecretsEngines = [], MaximumDefaultTtlSeconds = 1, MaximumTtlSeconds = 2, AdminPolicies = ["ops"], UnauthenticatedMetrics = true, Ui = true, SingleServer = true, WithoutTls = true, ExactIdentityRequired = true, CertificateMinimumDaysLeft = int.MaxValue,
            WhenDisruptionForbidden = DisruptionForbiddenOutcome.NotApplicable,
        };
        var profile = new Profile("p", "1.10", "One\ntwo: {x}.", Catalogue.ToDictionary(control => control.Id, _ => new ProfileControl(Requirement.Must, null, "n")), parameters);

        var again = new ProfileLoader(Catalogue).Parse("p", ResolvedProfile.Write(profile));

        Assert.That(ResolvedProfile.AreSame(again, profile), ResolvedProfile.Write(profile));
        Assert.That((again.Version, again.Description, again.Parameters.DeclaredProcesses[3]), Is.EqualTo(("1.10", "One\ntwo: {x}.", "a\u2028b")));
        Assert.That(ResolvedProfile.AreSame(profile, profile with { Parameters = parameters with { WithoutTls = false } }), Is.False);
    }

    [Test]
    public async Task A_profile_that_stands_alone_is_recorded_as_it_was_written()
    {
        const string Alone = "controls: {CORE-1: {level: must}, CORE-2: {level: should}, TLS-4: {level: must}} # as it was\n";

        Assert.That((await LoadAsync(Alone)).Text, Does.EndWith(Alone));
    }

    [Test]
    public async Task A_file_beside_it_can_be_extended_and_extend_another_one_itself()
    {
        Store("base.yaml", "base", "1.1", "extends: baseline@1.0\ncontrols: {CORE-1: {level: must}}\n");

        var profile = (await LoadAsync("extends: base.yaml\ncontrols: {CORE-2: {level: must}}\n")).Profile;

        Assert.That((profile.Extends, Levels(profile)), Is.EqualTo(("base@1.1", "CORE-1 Must, CORE-2 Must, TLS-4 Must")));
    }

    [Test]
    public void A_built_in_profile_extends_built_in_ones()
    {
        _texts["hard-1.0"] = "name: hard\nversion: \"1.0\"\nextends: baseline@1.0\ndescription: d\ncontrols: {CORE-1: {level: must}}\n";

        Assert.That(Levels(Collection().Find("hard@1.0")!), Is.EqualTo("CORE-1 Must, CORE-2 Should, TLS-4 Must"));
    }

    [TestCase("extends: baseline@1.1\n", "line 4: there is no profile 'baseline@1.1' to extend (did you mean 'baseline@1.0'?); known profiles: baseline@1.0")]
    [TestCase("extends: baseline\n", "line 4: 'baseline' cannot be extended")]
    [TestCase("extends: ../base.yaml\n", "line 4: '../base.yaml' cannot be extended")]
    [TestCase("extends: /etc/passwd\n", "line 4: '/etc/passwd' cannot be extended")]
    [TestCase("extends: none.yaml\n", "line 4: 'none.yaml' cannot be extended: it does not exist.")]
    [TestCase("extends: mine.yaml\n", "line 4: a profile cannot extend itself")]
    [TestCase("extends: circle.yaml\n", "line 4: 'extends' leads in a circle: circle.yaml, back.yaml, circle.yaml")]
    [TestCase("extends: deep1.yaml\n", "line 4: more than 5 profiles extend one another; fold some of them into one")]
    [TestCase("extends: [a]\n", "line 4: 'extends' must be a text that is not empty")]
    [TestCase("extends: baseline@1.0\ncontrols: {CORE-9: {level: must}}\n", "line 5: unknown control 'CORE-9'")]
    [TestCase("extends: baseline@1.0\ncontrols: {CORE-1: {level: may}}\n", "line 5: CORE-1 is lowered from must to may: say why in 'reason'")]
    [TestCase("extends: baseline@1.0\ncontrols: {CORE-1: {reason: r}}\n", "line 5: field 'level' is missing")]
    [TestCase("extends: baseline@1.0\nextends: baseline@1.0\n", "line 5: 'extends' is already given in line 4")]
    [TestCase("extends: wrong.yaml\n", "line 4: unknown field 'x'")]
    [TestCase("extends: disguised.yaml\n", "calls itself baseline@1.0, which is built in and says something else")]
    public async Task A_base_that_cannot_be_used_is_told_with_its_line(string text, string problem)
    {
        Store("circle.yaml", "circle", "1.0", "extends: back.yaml\n");
        Store("back.yaml", "back", "1.0", "extends: circle.yaml\n");
        Store("wrong.yaml", "wrong", "1.0", "x: 1\n");
        Store("disguised.yaml", "baseline", "1.0", "controls: {CORE-1: {level: must}, CORE-2: {level: must}, TLS-4: {level: must}}\n");
        for (var number = 1; number < 8; number++)
        {
            Store($"deep{number}.yaml", $"deep{number}", "1.0", $"extends: {(number < 7 ? $"deep{number + 1}.yaml" : "baseline@1.0")}\n");
        }

        await Assert.ThatAsync(() => LoadAsync(text), Throws.TypeOf<ProfileException>().With.Message.Contains(problem));
    }

    [Test]
    public async Task Problems_of_a_base_and_of_the_file_itself_are_told_together() => await Assert.ThatAsync(
        () => LoadAsync("extends: none@1.0\nfoo: 1\nparameters: {allowedUids: 1}\n"),
        Throws.TypeOf<ProfileException>().With.Property("Problems").Count.EqualTo(3));

    [Test]
    public async Task A_profile_of_the_same_name_and_version_is_itself()
    {
        Store("mine.yaml", "baseline", "1.0", "extends: baseline@1.0\n");

        await Assert.ThatAsync(
            () => Collection().LoadAsync("mine.yaml", _folder, CancellationToken.None),
            Throws.TypeOf<ProfileException>().With.Message.Contains("line 4: a profile cannot extend itself: give it a name or a version other than baseline@1.0"));
    }

    [Test]
    public void Built_in_profiles_that_extend_one_another_are_refused()
    {
        _texts["a-1.0"] = "name: a\nversion: \"1.0\"\nextends: b@1.0\ndescription: d\n";
        _texts["b-1.0"] = "name: b\nversion: \"1.0\"\nextends: a@1.0\ndescription: d\n";

        Assert.That(() => Collection().Find("a@1.0"), Throws.TypeOf<ProfileException>().With.Message.EqualTo(
            "Profile 'b@1.0' has a problem:\n  line 3: 'extends' leads in a circle: a@1.0, b@1.0, a@1.0"));
    }

    private static string Levels(Profile profile) =>
        string.Join(", ", profile.Controls.OrderBy(control => control.Key).Select(control => $"{control.Key} {control.Value.Level}"));

    private async Task<ProfileSource> LoadAsync(string rest)
    {
        Store("mine.yaml", "mine", "2.0", rest);
        return await Collection().LoadAsync("mine.yaml", _folder, CancellationToken.None);
    }

    private ProfileCollection Collection() => new(Catalogue, _texts);

    private void Store(string file, string name, string version, string rest) =>
        File.WriteAllText(Path.Combine(_folder, file), $"name: {name}\nversion: \"{version}\"\ndescription: {char.ToUpperInvariant(name[0])}{name[1..]}.\n{rest}");
}
