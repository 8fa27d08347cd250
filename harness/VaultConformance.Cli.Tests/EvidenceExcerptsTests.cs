using System.Text;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Records;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Cli.Tests;

/// <summary>What the evidence says beside a control: the members that its findings name, few of them, and no secrets.</summary>
public sealed class EvidenceExcerptsTests
{
    private const string Mounts = "observations/pod/vault-0/mounts.json";
    private const string Token = "hvs.CAESIJ8saBcD1234567890abcdef";

    [Test]
    public void Every_control_names_members_of_kinds_that_exist() =>
        Assert.That(
            ControlCatalogue.BuiltIn.Controls.Where(control =>
                control.Evidence.Count == 0
                || control.Evidence.Select(EvidenceMember.Parse).Any(member => ObservationKinds.All.All(kind => kind.Name != member.Kind))),
            Is.Empty);

    [Test]
    public void Only_elements_that_findings_name_are_shown()
    {
        var excerpt = Write(
            """{"value":{"mounts":[{"mountPoint":"/","options":["rw"]},{"mountPoint":"/vault","options":["ro"]},{"mountPoint":"/vault/file","options":["rw"]}]}}""",
            "writable mount /vault/file, not on the allow-list");

        Assert.That(excerpt.Lines, Is.EqualTo(new[] { new EvidenceLine(Mounts, "mounts[/vault/file].options", """["rw"]""") }));
    }

    [TestCase("mount of /", "/", true)]
    [TestCase("also /vault", "/", false)]
    [TestCase("also /vault/file", "/vault", false)]
    [TestCase("vault-0 is sealed", "vault", false)]
    [TestCase("service/vault:8200", "vault", true)]
    [TestCase("UID of vault (PID 13)", "13", true)]
    [TestCase("UID of vault (PID 130)", "13", false)]
    [TestCase("limit 1.13", "13", false)]
    [TestCase("VAULT_ADDR=http://x", "VAULT_ADDR", true)]
    [TestCase("It is /vault.", "/vault", true)]
    [TestCase("TLS 1.0 on port 8200", "Tls10", true)]
    [TestCase("TLS 1.1 on port 8200", "Tls10", false)]
    [TestCase("", "vault", false)]
    public void A_name_counts_as_a_whole_only(string fact, string name, bool named) =>
        Assert.That(new FindingWords([new Finding(string.Empty, fact, string.Empty, string.Empty, Outcome.Failed)]).Name(name), Is.EqualTo(named));

    [Test]
    public void Where_findings_name_no_element_all_are_shown_up_to_the_limit_and_the_rest_is_counted()
    {
        var mounts = string.Join(',', Enumerable.Range(0, 15).Select(place => $$"""{"mountPoint":"/m{{place}}","options":["rw"]}"""));

        var excerpt = Write($$$"""{"value":{"mounts":[{{{mounts}}}]}}""", "mounts");

        Assert.That((excerpt.Lines.Count, excerpt.LeftOut, excerpt.Rest), Is.EqualTo((12, 3, "Shortened: 3 more members are in the evidence.")));
    }

    [Test]
    public void A_member_that_is_not_there_is_shown_as_such() =>
        Assert.That(Write("""{"value":{"mounts":[{"mountPoint":"/"}]}}""", "mount of /").Lines.Single().Text, Is.EqualTo("mounts[/].options: (not there)"));

    [Test]
    public void Why_an_observation_is_missing_is_shown() =>
        Assert.That(
            Write("""{"value":null,"unavailable":{"cause":"Refused","message":"forbidden"}}""", "observation 'mounts'").Lines.Single().Text,
            Is.EqualTo("""unavailable: {"cause":"Refused","message":"forbidden"}"""));

    [Test]
    public void An_observation_that_was_not_recorded_is_named() =>
        Assert.That(Write(null, "observation 'mounts'").Lines, Is.EqualTo(new[] { new EvidenceLine(Mounts, "value", "(not recorded)") }));

    [Test]
    public void Long_texts_are_cut_and_say_so()
    {
        var text = Write($$$"""{"value":{"mounts":[{"mountPoint":"/","options":["{{{new string('x', 5000)}}}"]}]}}""", "mount of /").Lines.Single().Text;

        Assert.That(text, Has.Length.LessThan(300).And.EndWith("""… (5,000 characters)"]"""));
    }

    [Test]
    public void Tokens_are_masked_also_where_the_text_is_cut()
    {
        var text = Write($$$"""{"value":{"mounts":[{"mountPoint":"/","options":["{{{new string('x', 105)}}} {{{Token}}}","{{{Token}}}"]}]}}""", "mount of /").Lines.Single().Text;

        Assert.That(text, Does.Contain("***").And.Not.Contain("hvs").And.Not.Contain("CAES"));
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("""{"value":[1]}""")]
    [TestCase("""{"value":{"mounts":7}}""")]
    [TestCase("""{"value":{"mounts":[7,null,"x",{"mountPoint":{"a":1}}]}}""")]
    [TestCase("""{"unavailable":"x"}""")]
    [TestCase(null)]
    public void Damaged_or_missing_evidence_shortens_the_excerpt_and_breaks_nothing(string? json) =>
        Assert.That(() => Write(json, "mount of /").Lines, Has.All.Matches<EvidenceLine>(line => line!.Json == "(not there)"));

    [TestCase(Outcome.Passed)]
    [TestCase(Outcome.NotApplicable)]
    public void Controls_that_need_no_attention_have_none(Outcome outcome) =>
        Assert.That(Write("""{"value":{"mounts":[{"mountPoint":"/","options":["rw"]}]}}""", "mount of /", outcome).Lines, Is.Empty);

    [Test]
    public void Findings_that_passed_are_not_shown()
    {
        var result = Result(Outcome.Failed, Finding("mount of /", Outcome.Passed));

        Assert.That(new EvidenceExcerpts(new Parts("""{"value":{"mounts":[{"mountPoint":"/","options":["ro"]}]}}""")).AddTo([result]).Single().Excerpt.Lines, Is.Empty);
    }

    [Test]
    public void Of_values_those_are_shown_whose_keys_the_findings_name()
    {
        const string Part = "observations/release/release/values.json";
        const string Json = """
            {"value":{"values":[{"key":"global.enabled","line":1,"changeCount":4},{"key":"server.standalone.enabled","line":43,"changeCount":0},
            {"key":"server.standalone","line":42,"changeCount":3}]}}
            """;
        var result = Result(Outcome.Failed, new Finding(
            "release", "known keys whose values have no effect", "none", "server.standalone.enabled (my-values.yaml:43)", Outcome.Failed) { Evidence = [Part] });
        result = result with { Control = result.Control with { Evidence = ["values: values[].line", "values: values[].changeCount"] } };

        Assert.That(
            new EvidenceExcerpts(new Parts(Json)).AddTo([result]).Single().Excerpt.Lines.Select(line => line.Text),
            Is.EqualTo(new[] { "values[server.standalone.enabled].line: 43", "values[server.standalone.enabled].changeCount: 0" }));
    }

    private static EvidenceExcerpt Write(string? json, string fact, Outcome outcome = Outcome.Failed) =>
        new EvidenceExcerpts(new Parts(json)).AddTo([Result(outcome, Finding(fact, outcome))]).Single().Excerpt;

    private static Finding Finding(string fact, Outcome outcome) => new("vault-0", fact, "read-only", "writable", outcome) { Evidence = [Mounts] };

    private static ControlResult Result(Outcome outcome, Finding finding) => new(
        new ControlDescriptor(ControlId.Parse("FS-1"), 1, Requirement.Must, "Title", "Source", "Remediation", Disruptive: false)
        {
            Evidence = ["mounts: mounts[].options", "memory: swapMax"],
        },
        Requirement.Must, null, outcome, "Reason", [finding], TimeSpan.Zero);

    private sealed class Parts(string? json) : IEvidenceParts
    {
        public string Name => "evidence";

        public string Locate(string part) => part;

        public Stream? Open(string part) => json is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(json));
    }
}
