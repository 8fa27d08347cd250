using System.Text.Json;
using System.Text.Json.Serialization;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>Writes <c>compare.json</c>, described by <c>docs/schemas/compare-1.json</c>.</summary>
public static class ComparisonJson
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "compare.json";

    /// <summary>Rises in its first part when readers of the old layout would break, in its second when something is added.</summary>
    public const string SchemaVersion = "1.0";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The comparison as JSON.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Write(RunComparison comparison) => JsonSerializer.Serialize(
        new Form(
            SchemaVersion,
            comparison.HasRegression,
            ComparisonText.Write(comparison),
            Run.From(comparison.Was),
            Run.From(comparison.Now),
            comparison.Facts,
            [.. comparison.Controls.Select(Control.From)]),
        Options) + "\n";

    private sealed record Form(
        string SchemaVersion,
        bool Regression,
        string Summary,
        Run Was,
        Run Now,
        IReadOnlyList<FactChange> Facts,
        IReadOnlyList<Control> Controls);

    private sealed record Run(string RunId, string Tool, string Profile, Verdict Verdict, bool StandIn)
    {
        public static Run From(ComparedRun run) => new(run.RunId, run.Tool, run.Profile, run.Verdict, run.StandIn);
    }

    private sealed record Control(
        string Id,
        string Title,
        Requirement? Level,
        ChangeKind Change,
        bool Regression,
        Outcome? Was,
        Outcome? Now,
        string Reason,
        IReadOnlyList<FactChange> Details,
        IReadOnlyList<Subject> Subjects)
    {
        public static Control From(ControlChange change) => new(
            change.Id.ToString(),
            change.Title,
            change.Level,
            change.Kind,
            change.IsRegression,
            change.Was,
            change.Now,
            change.Reason,
            change.Details,
            [.. change.Subjects.Select(Subject.From)]);
    }

    private sealed record Subject(string Name, ChangeKind Change, Outcome? Was, Outcome? Now, IReadOnlyList<FindingChange> Findings)
    {
        public static Subject From(SubjectChange change) => new(change.Subject, change.Kind, change.Was, change.Now, change.Findings);
    }
}
