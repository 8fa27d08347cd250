using System.Text.Json.Serialization;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>A log in the Static Analysis Results Interchange Format, version 2.1.0; only the part of it that is written.</summary>
internal sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs)
{
    /// <summary>The schema that the file is valid against.</summary>
    public const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public const string FormatVersion = "2.1.0";
}

/// <summary>One run of the program. The properties come first, because they begin with the notices.</summary>
internal sealed record SarifRun(
    SarifRunProperties Properties,
    SarifTool Tool,
    SarifAutomation AutomationDetails,
    IReadOnlyList<SarifInvocation> Invocations,
    IReadOnlyDictionary<string, SarifBase> OriginalUriBaseIds,
    string ColumnKind,
    IReadOnlyList<SarifResult> Results);

/// <summary>Identity of a run: a category that stays, and the run.</summary>
internal sealed record SarifAutomation(string Id);

/// <summary>What stands behind a relative path.</summary>
internal sealed record SarifBase(SarifText Description);

/// <summary>The program.</summary>
internal sealed record SarifTool(SarifDriver Driver);

/// <summary>The program with what it checks.</summary>
internal sealed record SarifDriver(string Name, string? SemanticVersion, string? Version, IReadOnlyList<SarifRule> Rules);

/// <summary>A text, and the same in Markdown.</summary>
internal sealed record SarifText(string Text, string? Markdown = null);

/// <summary>A control.</summary>
internal sealed record SarifRule(
    string Id,
    string Name,
    SarifText ShortDescription,
    SarifText FullDescription,
    SarifText Help,
    SarifConfiguration DefaultConfiguration,
    SarifRuleProperties Properties);

/// <summary>How much a deviation matters.</summary>
internal sealed record SarifConfiguration(string Level);

/// <summary>What code scanning sorts and filters by.</summary>
internal sealed record SarifRuleProperties(
    IReadOnlyList<string> Tags,
    string Precision,
    [property: JsonPropertyName("security-severity")] string SecuritySeverity);

/// <summary>How the program ended.</summary>
internal sealed record SarifInvocation(
    bool ExecutionSuccessful,
    int? ExitCode,
    string? ExitCodeDescription,
    string StartTimeUtc,
    string EndTimeUtc,
    IReadOnlyList<SarifNotification> ToolExecutionNotifications);

/// <summary>Something to know about the run itself.</summary>
internal sealed record SarifNotification(string Level, SarifText Message, SarifRuleReference? AssociatedRule = null);

/// <summary>A control, by its place among the rules.</summary>
internal sealed record SarifRuleReference(string Id, int Index);

/// <summary>What became of a control.</summary>
internal sealed record SarifResult(
    string RuleId,
    int RuleIndex,
    string Kind,
    string? Level,
    SarifText Message,
    IReadOnlyList<SarifLocation>? Locations,
    IReadOnlyList<SarifLocation>? RelatedLocations,
    IReadOnlyDictionary<string, string> PartialFingerprints,
    IReadOnlyList<SarifSuppression>? Suppressions,
    SarifResultProperties Properties);

/// <summary>The outcome in this program's own words.</summary>
internal sealed record SarifResultProperties(string Outcome, string? Requirement, string? Waiver);

/// <summary>A deviation that somebody accepted.</summary>
internal sealed record SarifSuppression(string Kind, string Status, string Justification);

/// <summary>Where something is: in a file, and in the cluster.</summary>
internal sealed record SarifLocation(
    int? Id, SarifText? Message, SarifPhysicalLocation? PhysicalLocation, IReadOnlyList<SarifLogicalLocation>? LogicalLocations);

/// <summary>A line of a file.</summary>
internal sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion Region);

/// <summary>A file.</summary>
internal sealed record SarifArtifact(string Uri, string UriBaseId);

/// <summary>A line as a whole.</summary>
internal sealed record SarifRegion(int StartLine, int StartColumn, int EndLine);

/// <summary>A pod, Service or other thing.</summary>
internal sealed record SarifLogicalLocation(string Name, string FullyQualifiedName, string Kind);
