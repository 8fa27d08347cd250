using NJsonSchema;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using static VaultConformance.Reporting.Tests.Comparing.SampleRuns;

namespace VaultConformance.Reporting.Tests.Comparing;

public sealed class ComparisonWriterTests
{
    private static readonly RunComparison Sample = RunComparison.Compare(
        SampleRuns.Of(
            SampleReports.Result("CORE-1", Outcome.Passed, Requirement.Must, Finding("vault-0", Outcome.Passed, "0", "core limit")),
            SampleReports.Result("FS-1", Outcome.Failed),
            SampleReports.Result("ID-1", Outcome.Passed)) with { Subject = [new SubjectFact("Chart", "vault 0.33.0")] },
        SampleRuns.Of(
            SampleReports.Result("CORE-1", Outcome.Failed, Requirement.Must, Finding("vault-0", Outcome.Failed, "unlimited", "core limit")),
            SampleReports.Result("FS-1", Outcome.Passed),
            SampleReports.Result("TLS-1", Outcome.Failed, Requirement.Should)) with { Subject = [new SubjectFact("Chart", "vault 0.34.1")] });

    [Test]
    public void Markdown_says_the_worst_first() => Assert.That(ComparisonMarkdown.Write(Sample), Is.EqualTo("""
        # Regression

        Regression: CORE-1 (MUST) regressed; ID-1 (MUST) removed. In all: 1 regressed, 1 removed, 1 improved, 1 added.

        |  | Run | Verdict | Profile |
        | --- | --- | --- | --- |
        | Was | r7f3 | NonConformant | baseline&#64;1.0 |
        | Now | r7f3 | NonConformant | baseline&#64;1.0 |

        ## Controls

        | Change | Level | Control | Was | Now | Requirement | Reason |
        | --- | --- | --- | --- | --- | --- | --- |
        | **regressed** | MUST | CORE-1 | Passed | Failed | Title of CORE-1. | Reason of CORE-1. |
        | **removed** | MUST | ID-1 | Passed |  | Title of ID-1. |  |
        | improved | MUST | FS-1 | Failed | Passed | Title of FS-1. |  |
        | added | SHOULD | TLS-1 |  | Failed | Title of TLS-1. | Reason of TLS-1. |

        ## What was seen

        | Control | Where | Change | What | Expected | Was | Now |
        | --- | --- | --- | --- | --- | --- | --- |
        | CORE-1 | vault-0 | regressed | core limit | wanted | 0 | unlimited |

        ## What was tested

        | Fact | Was | Now |
        | --- | --- | --- |
        | Chart | vault 0.33.0 | vault 0.34.1 |


        """));

    [Test]
    public async Task Json_is_as_its_schema_says() => Assert.That(await ErrorsAsync(Sample), Is.Empty);

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Names))]
    public async Task Hostile_text_changes_nothing_around_it(string name)
    {
        var text = HostileTexts.Of(name);
        var comparison = RunComparison.Compare(ComparedRun.From(SampleReports.Hostile("x")), ComparedRun.From(SampleReports.Hostile(text)));

        Assert.That(await ErrorsAsync(comparison), Is.Empty);
        var markdown = ComparisonMarkdown.Write(comparison);
        Assert.That(markdown, Does.Not.Contain("<script").And.Not.Contain("\u001b").And.Not.Contain("\n#[").And.Not.Contain("\n::error"));
        Assert.That(markdown.Split('\n').Where(line => line.StartsWith('#')), Is.SubsetOf(new[] { "# Regression", "# No regression", "## Controls", "## What was seen", "## What was tested" }));
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(RunComparison comparison)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "compare-1.schema.json"));
        return [.. schema.Validate(ComparisonJson.Write(comparison)).Select(error => error.ToString())];
    }
}
