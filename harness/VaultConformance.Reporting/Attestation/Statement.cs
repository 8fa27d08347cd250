using System.Text.Json.Nodes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Attestation;

/// <summary>Writes the in-toto Statement of a run: its subjects and a test-result predicate.</summary>
internal static class Statement
{
    /// <summary>Type of the statement.</summary>
    public const string Type = "https://in-toto.io/Statement/v1";

    /// <summary>Type of the predicate.</summary>
    public const string PredicateType = "https://in-toto.io/attestation/test-result/v0.1";

    /// <summary>The statement of a run. It depends on nothing but its arguments, so that a verifier can compute it again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="catalogue">All controls.</param>
    /// <exception cref="AttestationException">A planned control is in neither the results nor the catalogue.</exception>
    public static JsonObject Of(AttestedRun run, IReadOnlyList<ControlDescriptor> catalogue)
    {
        var result = TestResult.Of(run.Report, catalogue);
        return new JsonObject
        {
            ["_type"] = Type,
            ["subject"] = Array([Described(run.Bundle, Kind("Bundle")), .. run.Report.Digests.Select(SubjectOf)]),
            ["predicateType"] = PredicateType,
            ["predicate"] = new JsonObject
            {
                ["result"] = result.Result,
                ["configuration"] = Array(Configuration(run)),
                ["passedTests"] = Texts(result.Passed),
                ["warnedTests"] = Texts(result.Warned),
                ["failedTests"] = Texts(result.Failed),
            },
        };
    }

    private static IEnumerable<JsonNode> Configuration(AttestedRun run)
    {
        yield return Described(run.Profile, Kind("Profile"));
        foreach (var waivers in run.Waivers)
        {
            yield return Described(waivers, Kind("Waivers"));
        }

        yield return Tool(run.Report.Tool);
        yield return Described(run.Plan, Circumstances(run.Report));
    }

    // What a reader must not overlook travels with the statement: a stand-in, notices, why a run did not finish.
    private static JsonObject Circumstances(ConformanceReport report) => new()
    {
        ["kind"] = "Plan",
        ["runId"] = report.RunId,
        ["verdict"] = report.Verdict.ToString(),
        ["standIn"] = report.StandIn,
        ["notices"] = Texts(report.Notices),
        ["problem"] = report.Problem,
    };

    private static JsonObject Tool(string tool)
    {
        var parts = tool.Split(' ', 2).Select(Uri.EscapeDataString);
        return new JsonObject { ["name"] = tool, ["uri"] = $"pkg:generic/{string.Join('@', parts)}", ["annotations"] = Kind("Tool") };
    }

    private static JsonObject SubjectOf(SubjectDigest digest) => Described(new DigestedText(digest.Name, digest.Sha256), Kind(digest.Kind.ToString()));

    private static JsonObject Kind(string kind) => new() { ["kind"] = kind };

    private static JsonObject Described(DigestedText thing, JsonObject annotations) => new()
    {
        ["name"] = thing.Name,
        ["digest"] = new JsonObject { ["sha256"] = thing.Sha256 },
        ["annotations"] = annotations,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => Array(texts.Select(text => (JsonNode)JsonValue.Create(text)));

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => new([.. nodes]);
}
