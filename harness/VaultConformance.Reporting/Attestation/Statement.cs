using System.Text.Json.Nodes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Attestation;

/// <summary>Writes the in-toto Statement of a run: its subjects and a test-result predicate.</summary>
internal static class Statement
{
    public const string Type = "https://in-toto.io/Statement/v1";

    public const string PredicateType = "https://in-toto.io/attestation/test-result/v0.1";

    /// <summary>The statement of a run. It depends on nothing but its arguments, so that a verifier can compute it again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="catalogue">All controls.</param>
    /// <exception cref="AttestationException">A planned control is in neither the results nor the catalogue.</exception>
    public static JsonObject Write(AttestedRun run, IReadOnlyList<ControlDescriptor> catalogue)
    {
        var result = TestResult.From(run.Report, catalogue);
        return new JsonObject
        {
            ["_type"] = Type,
            ["subject"] = CreateArray([Describe(run.Bundle, DescribeKind("Bundle")), .. run.Report.Digests.Select(DescribeSubject)]),
            ["predicateType"] = PredicateType,
            ["predicate"] = new JsonObject
            {
                ["result"] = result.Result,
                ["configuration"] = CreateArray(ListConfiguration(run)),
                ["passedTests"] = ToArray(result.Passed),
                ["warnedTests"] = ToArray(result.Warned),
                ["failedTests"] = ToArray(result.Failed),
            },
        };
    }

    private static IEnumerable<JsonNode> ListConfiguration(AttestedRun run)
    {
        yield return Describe(run.Profile, DescribeKind("Profile"));
        foreach (var waivers in run.Waivers)
        {
            yield return Describe(waivers, DescribeKind("Waivers"));
        }

        yield return DescribeTool(run.Report.Tool);
        yield return Describe(run.Plan, DescribeCircumstances(run.Report));
    }

    // What a reader must not overlook travels with the statement: a stand-in, notices, why a run did not finish.
    private static JsonObject DescribeCircumstances(ConformanceReport report) => new()
    {
        ["kind"] = "Plan",
        ["runId"] = report.RunId,
        ["verdict"] = report.Verdict.ToString(),
        ["standIn"] = report.StandIn,
        ["notices"] = ToArray(report.Notices),
        ["problem"] = report.Problem,
    };

    private static JsonObject DescribeTool(string tool)
    {
        var parts = tool.Split(' ', 2).Select(Uri.EscapeDataString);
        return new JsonObject
        {
            ["name"] = tool, ["uri"] = $"pkg:generic/{string.Join('@', parts)}", ["annotations"] = DescribeKind("Tool")
        };
    }

    private static JsonObject DescribeSubject(SubjectDigest digest) =>
        Describe(new DigestedText(digest.Name, digest.Sha256), DescribeKind(digest.Kind.ToString()));

    private static JsonObject DescribeKind(string kind) => new() { ["kind"] = kind };

    private static JsonObject Describe(DigestedText thing, JsonObject annotations) => new()
    {
        ["name"] = thing.Name,
        ["digest"] = new JsonObject { ["sha256"] = thing.Sha256 },
        ["annotations"] = annotations,
    };

    private static JsonArray ToArray(IEnumerable<string> texts) => CreateArray(texts.Select(text => (JsonNode)JsonValue.Create(text)));

    private static JsonArray CreateArray(IEnumerable<JsonNode> nodes) => new([.. nodes]);
}
