using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Reporting.Tests;

public sealed class ProfileLoaderTests
{
    private const string Valid = """
        # what the chart can reach
        name: baseline
        version: 1.10
        description: The chart's own values.
        controls:
          CORE-1: {level: must}
          CORE-2: {level: may, reason: "node setting"}
          PROC-1:
            level: should
            reason: "chart-inherent: the start script does not exec"
          TLS-4: {level: must, notApplicable: no outside clients}
        platform: eks
        parameters:
          allowedUids: [100, 1000]
          groupZeroAllowed: true
          encryptedSwapAttestation: LUKS on /dev/sda3
          shutdownBudgetSeconds: 20
          writablePaths: [/tmp]
          whenDisruptionForbidden: notApplicable
        """;

    private static readonly ControlDescriptor[] Catalogue =
    [
        SampleReports.Control("CORE-1"), SampleReports.Control("CORE-2", Requirement.Should), SampleReports.Control("PROC-1"), SampleReports.Control("TLS-4"),
    ];

    [Test]
    public void A_valid_profile_is_read_as_written()
    {
        var profile = Parse(Valid);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(profile.Reference, Is.EqualTo("baseline@1.10"));
            Assert.That(profile.Platform, Is.EqualTo("eks"));
            Assert.That(profile.Description, Is.EqualTo("The chart's own values."));
            Assert.That(profile.Controls, Has.Count.EqualTo(4));
            Assert.That(Control(profile, "CORE-1"), Is.EqualTo(new ProfileControl(Requirement.Must, null, null)));
            Assert.That(Control(profile, "PROC-1"), Is.EqualTo(new ProfileControl(Requirement.Should, "chart-inherent: the start script does not exec", null)));
            Assert.That(Control(profile, "TLS-4").NotApplicable, Is.EqualTo("no outside clients"));
            Assert.That(profile.Parameters.AllowedUids, Is.EqualTo(new long[] { 100, 1000 }));
            Assert.That(profile.Parameters.GroupZeroAllowed, Is.True);
            Assert.That(profile.Parameters.EncryptedSwapAttestation, Is.EqualTo("LUKS on /dev/sda3"));
            Assert.That(profile.Parameters.ShutdownBudgetSeconds, Is.EqualTo(20));
            Assert.That(profile.Parameters.WritablePaths, Is.EqualTo(new[] { "/tmp" }));
            Assert.That(profile.Parameters.WhenDisruptionForbidden, Is.EqualTo(DisruptionForbiddenOutcome.NotApplicable));
        }
    }

    [Test]
    public void What_a_profile_does_not_name_keeps_its_default()
    {
        var parameters = Parse(Valid[..Valid.IndexOf("parameters:", StringComparison.Ordinal)]).Parameters;

        Assert.That(parameters.AllowedUids, Is.EqualTo(new ProfileParameters().AllowedUids));
        Assert.That(parameters.CertificateMinimumDaysLeft, Is.EqualTo(30));
    }

    [TestCase("name: baseline", "naem: baseline", "line 2: unknown field 'naem' (did you mean 'name'?); known fields: name, version, extends, platform, description, controls, parameters")]
    [TestCase("name: baseline", "# no name", "line 3: field 'name' is missing")]
    [TestCase("name: baseline", "name: [baseline]", "line 2: 'name' must be a text that is not empty")]
    [TestCase("name: baseline", "name: Base line", "line 2: name 'Base line' may have only lower-case letters, digits and '-'")]
    [TestCase("name: baseline", "name: one\nname: two", "line 3: 'name' is already given in line 2")]
    [TestCase("platform: eks", "platform: Amazon", "line 12: platform 'Amazon' may have only lower-case letters, digits and '-'")]
    [TestCase("platform: eks", "platform: {a: b}", "line 12: 'platform' must be a text that is not empty")]
    [TestCase("version: 1.10", "version: +1.0", "line 3: version '+1.0' must look like 1.0")]
    [TestCase("version: 1.10", "version: newest", "line 3: version 'newest' must look like 1.0")]
    [TestCase("CORE-1: {level: must}", "CORE-1: {level: MUST}", "line 6: level 'MUST' of CORE-1 must be must, should or may")]
    [TestCase("CORE-1: {level: must}", "CORE-1: {levle: must}", "line 6: unknown field 'levle' (did you mean 'level'?); known fields: level, reason, notApplicable")]
    [TestCase("CORE-1: {level: must}", "CORE-1: must", "line 6: 'CORE-1' must be a mapping, for example {level: must}")]
    [TestCase("CORE-1: {level: must}", "CORE-1: {level: should}", "line 6: CORE-1 is lowered from must to should: say why in 'reason'")]
    [TestCase("CORE-1: {level: must}", "CORE-1: {level: must, reason: \"\"}", "line 6: 'reason' must be a text that is not empty")]
    [TestCase("CORE-1: {level: must}", "CORE-9: {level: must}", "line 6: unknown control 'CORE-9'")]
    [TestCase("CORE-1: {level: must}", "CORE-01: {level: must}", "line 6: unknown control 'CORE-01' (did you mean 'CORE-1'?)")]
    [TestCase("CORE-1: {level: must}", "core-1: {level: must}", "line 6: unknown control 'core-1' (did you mean 'CORE-1'?)")]
    [TestCase("  CORE-1: {level: must}", "", "line 7: the profile says nothing about CORE-1; it must name every control of the catalogue, or take what it does not name from another profile with 'extends: baseline'")]
    [TestCase("CORE-1: {level: must}", "CORE-1: {level: must}\n  CORE-1: {level: may}", "line 7: 'CORE-1' is already given in line 6")]
    [TestCase("CORE-1: {level: must}", "CORE-1: &a {level: must}", "line 6: anchors are not allowed (&a)")]
    [TestCase("CORE-1: {level: must}", "CORE-1: !!map {level: must}", "line 6: tags are not allowed (tag:yaml.org,2002:map)")]
    [TestCase("allowedUids: [100, 1000]", "allowedUids: 100", "line 14: 'allowedUids' must be a list")]
    [TestCase("allowedUids: [100, 1000]", "allowedUids: [100, -1]", "line 14: 'allowedUids' must hold whole numbers from 0 to 4294967294")]
    [TestCase("allowedUids: [100, 1000]", "allowedUids: [\"100\"]", "line 14: 'allowedUids' must hold whole numbers from 0 to 4294967294")]
    [TestCase("allowedUids: [100, 1000]", "allowedUid: [100]", "line 14: unknown field 'allowedUid' (did you mean 'allowedUids'?)")]
    [TestCase("groupZeroAllowed: true", "groupZeroAllowed: yes", "line 15: 'groupZeroAllowed' must be true or false")]
    [TestCase("shutdownBudgetSeconds: 20", "replicationPeers: [10.1.0.0]", "line 17: '10.1.0.0' in 'replicationPeers' must be a network such as 10.1.0.0/16, smaller than all addresses, or internal")]
    [TestCase("shutdownBudgetSeconds: 20", "replicationPeers: [0.0.0.0/0]", "line 17: '0.0.0.0/0' in 'replicationPeers' must be a network such as 10.1.0.0/16, smaller than all addresses, or internal")]
    [TestCase("shutdownBudgetSeconds: 20", "shutdownBudgetSeconds: 20s", "line 17: 'shutdownBudgetSeconds' must hold whole numbers from 0 to 2147483647")]
    [TestCase("writablePaths: [/tmp]", "writablePaths: [tmp]", "line 18: 'tmp' in 'writablePaths' must be an absolute path")]
    [TestCase("whenDisruptionForbidden: notApplicable", "whenDisruptionForbidden: passed", "line 19: 'whenDisruptionForbidden' must be inconclusive or notApplicable")]
    [TestCase("description: The chart's own values.", "description: *other", "line 4: aliases are not allowed (*other)")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, string problem)
    {
        var text = Valid.Replace(right, wrong, StringComparison.Ordinal);

        Assert.That(Problems(text), Has.Some.StartsWith(problem));
    }

    [Test]
    public void All_mistakes_are_told_at_once_in_the_order_of_their_lines()
    {
        var exception = Failure("version: x\nfoo: 1\ncontrols: {CORE-1: {level: no}}\n");

        Assert.That(exception.Message, Is.EqualTo("""
            Profile 'p.yaml' has 6 problems:
              line 1: field 'name' is missing
              line 1: version 'x' must look like 1.0
              line 1: field 'description' is missing
              line 2: unknown field 'foo'; known fields: name, version, extends, platform, description, controls, parameters
              line 3: level 'no' of CORE-1 must be must, should or may
              line 3: the profile says nothing about CORE-2, PROC-1, TLS-4; it must name every control of the catalogue, or take what it does not name from another profile with 'extends: baseline'
            """));
    }

    [Test]
    public void A_recorded_profile_may_lack_controls_that_came_later_but_name_none_that_is_gone()
    {
        var loader = new ProfileLoader(Catalogue) { MayBeOlder = true };
        var older = Valid.Replace("  CORE-1: {level: must}\n", string.Empty, StringComparison.Ordinal);

        Assert.That(loader.Parse("p.yaml", older).Controls, Has.Count.EqualTo(3));
        Assert.That(() => loader.Parse("p.yaml", Valid.Replace("CORE-1:", "CORE-9:", StringComparison.Ordinal)), Throws.TypeOf<ProfileException>());
    }

    [TestCase("", "line 1: the file is empty")]
    [TestCase("# only a comment\n", "line 1: the file is empty")]
    [TestCase("null", "line 1: the file is empty")]
    [TestCase("- a\n- b\n", "line 1: a profile is a mapping with the fields name, version, description, controls")]
    [TestCase("name: baseline\n---\nname: other\n", "line 2: only one document is allowed in this file")]
    [TestCase("name: baseline\n\tversion: 1\n", "line 2: this is not YAML: ")]
    [TestCase("name: {a: b\n", "this is not YAML: ")]
    [TestCase("a: 1\nb: [1\nc: 2\nd: 3\n", "line 3: this is not YAML: ")]
    [TestCase("? {a: b}\n: c\n", "line 1: a key must be a plain word")]
    public void What_is_no_profile_at_all_is_told(string text, string problem) =>
        Assert.That(Problems(text), Has.Some.Contains(problem));

    [Test]
    public void Endless_nesting_is_refused_instead_of_followed() =>
        Assert.That(Problems("name: " + new string('[', 5000)), Has.Some.Contains("nested more than 32 levels deep"));

    [Test]
    public void Any_damage_to_a_file_is_told_as_a_problem_of_the_file()
    {
        var damage = Gen.Zip(Gen.Choose(0, Valid.Length - 1), Gen.Elements([.. "{}[]:-'\"&*!|>%@`#,? \t\n\0\u001b"]));
        Prop.ForAll(damage.ToArbitrary(), spot => IsToldOrHarmless(Valid.Remove(spot.Item1, 1).Insert(spot.Item1, spot.Item2.ToString())))
            .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500));
    }

    private static bool IsToldOrHarmless(string text)
    {
        try
        {
            return Parse(text).Controls.Count == Catalogue.Length;
        }
        catch (ProfileException exception)
        {
            return exception.Problems.Count > 0;
        }
    }

    [Test]
    public void A_recorded_profile_is_whole_and_extends_nothing() => Assert.That(
        Problems(Valid.Replace("platform: eks", "extends: baseline@1.0", StringComparison.Ordinal)),
        Is.EqualTo(new[] { "line 12: 'extends' is not possible here: a profile that a run recorded is whole" }));

    [Test]
    public void Every_parameter_can_be_set_by_its_name_in_camel_case()
    {
        var expected = typeof(ProfileParameters).GetProperties().Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);

        Assert.That(ProfileParameterReader.Names, Is.EquivalentTo(expected));
    }

    private static ProfileControl Control(Profile profile, string id) => profile.Controls[ControlId.Parse(id)];

    private static Profile Parse(string text) => new ProfileLoader(Catalogue).Parse("p.yaml", text);

    private static IReadOnlyList<string> Problems(string text) => Failure(text).Problems;

    private static ProfileException Failure(string text) => Assert.Throws<ProfileException>(() => Parse(text))!;
}
