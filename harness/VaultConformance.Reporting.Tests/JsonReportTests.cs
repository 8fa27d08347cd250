using System.Text.Json.Nodes;
using NJsonSchema;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Tests;

public sealed class JsonReportTests
{
    [Test]
    public Task A_report_with_every_outcome_is_valid() => AssertValidAsync(SampleReports.Mixed());

    [Test]
    public Task A_report_without_results_is_valid() => AssertValidAsync(SampleReports.Of() with { Problem = "no cluster" });

    [TestCaseSource(typeof(HostileTexts), nameof(HostileTexts.Names))]
    public Task Hostile_text_keeps_the_file_valid(string name) => AssertValidAsync(SampleReports.Hostile(HostileTexts.Of(name)));

    [Test]
    public void Hostile_text_is_kept_as_it_was_seen()
    {
        const string Seen = "\u001b[31m|<b>\n";

        Assert.That(Parse(SampleReports.Hostile(Seen))["results"]![0]!["findings"]![0]!["actual"]!.GetValue<string>(), Is.EqualTo(Seen));
    }

    [TestCase("verdict", "\"Perfect\"")]
    [TestCase("schemaVersion", "\"2.0\"")]
    [TestCase("startedAt", "\"yesterday\"")]
    [TestCase("totals", "{}")]
    [TestCase("surprise", "1")]
    public async Task The_schema_refuses_what_it_does_not_describe(string field, string value)
    {
        var report = Parse(SampleReports.Mixed());
        report[field] = JsonNode.Parse(value);

        Assert.That(await ErrorsAsync(report), Is.Not.Empty);
    }

    [Test]
    public async Task The_schema_refuses_a_failure_without_a_reason()
    {
        var report = Parse(SampleReports.Mixed());
        report["results"]![0]!["reason"] = string.Empty;

        Assert.That(await ErrorsAsync(report), Is.Not.Empty);
    }

    [Test]
    public void The_notices_are_the_first_member() =>
        Assert.That(Parse(SampleReports.Mixed()).AsObject().First().Value![0]!.GetValue<string>(), Is.EqualTo(SampleReports.StandIn));

    private static async Task AssertValidAsync(ConformanceReport report) => Assert.That(await ErrorsAsync(Parse(report)), Is.Empty);

    private static JsonNode Parse(ConformanceReport report) => JsonNode.Parse(new JsonReportWriter().RenderAsync(report).GetAwaiter().GetResult())!;

    private static async Task<IReadOnlyList<string>> ErrorsAsync(JsonNode report)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "results-1.schema.json"));
        return [.. schema.Validate(report.ToJsonString()).Select(error => error.ToString())];
    }
}
