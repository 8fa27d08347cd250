using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Reporting.Tests.Waivers;

public sealed class WaiverLoaderTests
{
    [Test]
    public void A_valid_file_is_read_as_written()
    {
        var file = WaiverTexts.Parse(WaiverTexts.Valid);

        Assert.That(file.Text, Is.EqualTo(WaiverTexts.Valid));
        Assert.That(file.Waivers, Is.EqualTo(new[]
        {
            new Waiver(
                "proc-1-shell", ControlId.Parse("PROC-1"), new WaiverScope(">=0.30.0 <0.36.0", "eks", "vault-*"), "the chart does not exec", "ops", "security",
                new DateOnly(2026, 6, 30), "https://example.org/1"),
            new Waiver("core-1", ControlId.Parse("CORE-1"), new WaiverScope(null, null, null), "r", "o", "a", new DateOnly(2026, 3, 31), null),
        }));
    }

    [Test]
    public void A_file_may_hold_no_waiver() => Assert.That(WaiverTexts.Parse("waivers: []\n").Waivers, Is.Empty);

    [TestCase("id: core-1", "name: core-1", "line 11: unknown field 'name'; known fields: id, control, scope, reason, owner, approvedBy, expires, link")]
    [TestCase("id: core-1", "# no id", "line 12: field 'id' is missing")]
    [TestCase("id: core-1", "id: proc-1-shell", "line 11: id 'proc-1-shell' is already given in line 3")]
    [TestCase("id: core-1", "id: core 1", "line 11: id 'core 1' may have only letters, digits, '-', '_' and '.'")]
    [TestCase("control: CORE-1", "control: CORE-9", "line 12: unknown control 'CORE-9'")]
    [TestCase("control: CORE-1", "control: core-1", "line 12: unknown control 'core-1' (did you mean 'CORE-1'?)")]
    [TestCase("control: CORE-1", "control: CORE-99999999999999999999", "line 12: unknown control 'CORE-99999999999999999999'")]
    [TestCase("control: CORE-1", "control: [CORE-1]", "line 12: 'control' must be a text that is not empty")]
    [TestCase("control: CORE-1", "control: CORE-1\n  control: TLS-1", "line 13: 'control' is already given in line 12")]
    [TestCase("platform: eks", "platfrom: eks", "line 5: unknown field 'platfrom' (did you mean 'platform'?); known fields: chart, platform, pod")]
    [TestCase("platform: eks", "platform: EKS", "line 5: platform 'EKS' may have only lower-case letters, digits and '-'")]
    [TestCase("pod: vault-*", "pod: vault_?", "line 5: pod 'vault_?' may have only lower-case letters, digits, '-', '.' and '*'")]
    [TestCase("{chart: \">=0.30.0 <0.36.0\", platform: eks, pod: vault-*}", "all", "line 5: 'scope' must be a mapping")]
    [TestCase(">=0.30.0 <0.36.0", "newer than 0.30", "line 5: 'newer than 0.30' in 'chart' is not a range of chart versions, or holds none; write for example \">=0.30.0 <0.36.0\"")]
    [TestCase(">=0.30.0 <0.36.0", ">0.36.0 <0.30.0", "line 5: '>0.36.0 <0.30.0' in 'chart' is not a range of chart versions, or holds none")]
    [TestCase(">=0.30.0 <0.36.0", ">=99999999999999999999999999999999999999 |", "line 5: '>=99999999999999999999999999999999999999 |' in 'chart' is not a range of chart versions, or holds none")]
    [TestCase(">=0.30.0 <0.36.0", "=0.34.1-standin", "line 5: '=0.34.1-standin' in 'chart' names a pre-release; leave that part out, a chart 0.36.0-rc.1 is judged as 0.36.0")]
    [TestCase("\"2026-03-31\"", "2026-02-30", "line 16: '2026-02-30' in 'expires' must be a day that exists, written for example 2027-03-31")]
    [TestCase("\"2026-03-31\"", "31.03.2026", "line 16: '31.03.2026' in 'expires' must be a day that exists")]
    [TestCase("\"2026-03-31\"", "2026-3-31", "line 16: '2026-3-31' in 'expires' must be a day that exists")]
    [TestCase("\"2026-03-31\"", "2026-03-31T00:00:00Z", "line 16: '2026-03-31T00:00:00Z' in 'expires' must be a day that exists")]
    [TestCase("\"2026-03-31\"", "20260331", "line 16: '20260331' in 'expires' must be a day that exists")]
    [TestCase("\"2026-03-31\"", "never", "line 16: 'never' in 'expires' must be a day that exists")]
    [TestCase("\"2026-03-31\"", "\"\"", "line 16: 'expires' must be a text that is not empty")]
    [TestCase("https://example.org/1", "javascript:alert(1)", "line 10: 'javascript:alert(1)' in 'link' must be a web address that starts with https:// or http://")]
    [TestCase("https://example.org/1", "SEC-1042", "line 10: 'SEC-1042' in 'link' must be a web address")]
    [TestCase("reason: r", "reason: \" \"", "line 13: 'reason' must be a text that is not empty")]
    [TestCase("owner: o", "owner: &o me", "line 14: anchors are not allowed (&o)")]
    [TestCase("owner: o", "owner: *ops", "line 14: aliases are not allowed (*ops)")]
    [TestCase("waivers:", "exceptions:", "line 2: unknown field 'exceptions'; known fields: waivers")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, string problem) =>
        Assert.That(Failure(WaiverTexts.Valid.Replace(right, wrong, StringComparison.Ordinal)).Problems, Has.Some.StartsWith(problem));

    [TestCase("", "line 1: the file is empty")]
    [TestCase("- id: x\n", "line 1: a file of waivers is a mapping with the field waivers")]
    [TestCase("{}", "line 1: field 'waivers' is missing")]
    [TestCase("waivers: {a: b}", "line 1: 'waivers' must be a list")]
    [TestCase("waivers:\n- PROC-1\n", "line 2: a waiver is a mapping with the fields id, control, scope, reason, owner, approvedBy, expires, link")]
    [TestCase("waivers: []\n---\nwaivers: []\n", "line 2: only one document is allowed in this file")]
    public void What_is_no_file_of_waivers_at_all_is_told(string text, string problem) => Assert.That(Failure(text).Problems, Is.EqualTo(new[] { problem }));

    [Test]
    public void All_mistakes_are_told_at_once_in_the_order_of_their_lines() => Assert.That(
        Failure("waivers:\n- id: x\n  control: PROC-2\n  expires: 1\n").Message,
        Is.EqualTo("""
            Waiver file 'w.yaml' has 5 problems:
              line 2: field 'reason' is missing
              line 2: field 'owner' is missing
              line 2: field 'approvedBy' is missing
              line 3: unknown control 'PROC-2'
              line 4: '1' in 'expires' must be a day that exists, written for example 2027-03-31
            """));

    [Test]
    public void A_flood_of_mistakes_stays_one_readable_message()
    {
        var message = Failure("waivers:\n" + string.Concat(Enumerable.Repeat("- " + new string('x', 3000) + "\n", 300))).Message;

        Assert.That(message, Does.StartWith("Waiver file 'w.yaml' has 300 problems:").And.EndsWith("\n  … and 250 more"));
        Assert.That(message, Has.Length.LessThan(60_000));
    }

    [Test]
    public void An_audit_may_see_waivers_for_controls_that_are_gone()
    {
        var text = WaiverTexts.Valid.Replace("control: CORE-1", "control: OLD-7", StringComparison.Ordinal);

        Assert.That(new WaiverLoader(WaiverTexts.Catalogue) { KeepsUnknownControls = true }.Parse("w.yaml", text).Waivers[1].Control, Is.EqualTo(ControlId.Parse("OLD-7")));
        Assert.That(() => WaiverTexts.Parse(text), Throws.TypeOf<WaiverException>());
    }

    [Test]
    public void An_id_may_be_used_once_in_all_files()
    {
        var one = WaiverTexts.Parse(WaiverTexts.Valid);

        Assert.That(
            () => WaiverFile.Join([one, one with { Path = "other.yaml" }]),
            Throws.TypeOf<WaiverException>().With.Message.EqualTo("Waiver 'proc-1-shell' is in 'w.yaml' and again in 'other.yaml'. Give each waiver an id of its own."));
    }

    [Test]
    public async Task The_example_in_the_fixtures_can_be_read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", "example.waivers.yaml");
        ControlDescriptor[] catalogue = [SampleReports.Control("PROC-1"), SampleReports.Control("FS-3")];

        var file = (await new WaiverLoader(catalogue).LoadAsync([path], CancellationToken.None)).Single();

        Assert.That(file.Waivers, Has.Count.EqualTo(2));
        Assert.That(file.Waivers.SelectMany(waiver => WaiverTerm.ExplainTooBroad(waiver, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero))), Is.Empty);
    }

    [Test]
    public void Any_damage_to_a_file_is_told_as_a_problem_of_the_file()
    {
        var damage = Gen.Zip(Gen.Choose(0, WaiverTexts.Valid.Length - 1), Gen.Elements([.. "{}[]:-'\"&*!|>%@`#,? \t\n\0\u001b9<=~^"]));
        Prop.ForAll(damage.ToArbitrary(), spot => IsToldOrHarmless(WaiverTexts.Valid.Remove(spot.Item1, 1).Insert(spot.Item1, spot.Item2.ToString())))
            .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500));
    }

    private static bool IsToldOrHarmless(string text)
    {
        try
        {
            return WaiverTexts.Parse(text).Waivers.All(waiver => waiver.Expires.Year > 1 && waiver.Owner.Length > 0);
        }
        catch (WaiverException exception)
        {
            return exception.Problems.Count > 0;
        }
    }

    private static WaiverException Failure(string text) => Assert.Throws<WaiverException>(() => WaiverTexts.Parse(text))!;
}
