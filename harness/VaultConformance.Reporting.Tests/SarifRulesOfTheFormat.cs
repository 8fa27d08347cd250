using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VaultConformance.Reporting.Tests;

/// <summary>What the standard and code scanning demand of a SARIF file and a program can check; the official schema is not part of this repository.</summary>
internal static partial class SarifRulesOfTheFormat
{
    private static readonly string[] Kinds = ["notApplicable", "pass", "fail", "review", "open", "informational"];
    private static readonly string[] Levels = ["none", "note", "warning", "error"];
    private static readonly string[] LevelsOfRules = ["note", "warning", "error"];

    /// <summary>Everything that is wrong with a log.</summary>
    public static IReadOnlyList<string> Violations(JsonNode log)
    {
        var run = log["runs"]!.AsArray().Single()!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        return
        [
            .. OfLog(log, run),
            .. rules.SelectMany(OfRule!),
            .. run["results"]!.AsArray().SelectMany(result => OfResult(result!, rules)),
            .. run["invocations"]!.AsArray().SelectMany(invocation => OfInvocation(invocation!, rules)),
        ];
    }

    private static IEnumerable<string> OfLog(JsonNode log, JsonNode run)
    {
        yield return Check(Text(log["version"]) == "2.1.0", "version");
        yield return Check(Uri.IsWellFormedUriString(Text(log["$schema"]), UriKind.Absolute), "$schema");
        yield return Check(Text(run["tool"]!["driver"]!["name"]).Length > 0, "driver name");
        yield return Check(run["tool"]!["driver"]!["semanticVersion"] is not { } version || Semantic.IsMatch(Text(version)), "semanticVersion");
        yield return Check(Text(run["automationDetails"]!["id"]).Length > 0, "automationDetails.id");
        yield return Check(Text(run["columnKind"]) is "utf16CodeUnits", "columnKind");
        var ids = run["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => Text(rule!["id"])).ToList();
        yield return Check(ids.Distinct().Count() == ids.Count, "rule ids are unique");
    }

    private static IEnumerable<string> OfRule(JsonNode rule)
    {
        var id = Text(rule["id"]);
        yield return Check(id.Length > 0, "rule id");
        yield return Check(Text(rule["name"]).Length is > 0 and <= 255, $"{id}: name");
        yield return Check(Text(rule["shortDescription"]!["text"]).Length is > 0 and <= 1024, $"{id}: shortDescription");
        yield return Check(Text(rule["fullDescription"]!["text"]).Length is > 0 and <= 1024, $"{id}: fullDescription");
        yield return Check(Text(rule["help"]!["text"]).Length > 0, $"{id}: help");
        yield return Check(LevelsOfRules.Contains(Text(rule["defaultConfiguration"]!["level"])), $"{id}: level");
        var severity = double.Parse(Text(rule["properties"]!["security-severity"]), System.Globalization.CultureInfo.InvariantCulture);
        yield return Check(severity is > 0 and <= 10 && rule["properties"]!["tags"]!.AsArray().Any(tag => Text(tag) == "security"), $"{id}: severity");
    }

    private static IEnumerable<string> OfResult(JsonNode result, JsonArray rules)
    {
        var id = Text(result["ruleId"]);
        var kind = Text(result["kind"]);
        yield return Check(Text(rules[result["ruleIndex"]!.GetValue<int>()]!["id"]) == id, $"{id}: ruleIndex");
        yield return Check(Kinds.Contains(kind), $"{id}: kind");
        yield return Check(result["level"] is not { } level ? kind != "fail" : kind == "fail" && Levels.Contains(Text(level)), $"{id}: level fits kind");
        yield return Check(Text(result["message"]!["text"]) is { Length: > 0 } text && !text.Contains("](", StringComparison.Ordinal), $"{id}: message without links");
        yield return Check(result["partialFingerprints"]!.AsObject().All(pair => Text(pair.Value).Length > 0), $"{id}: fingerprints");
        yield return Check(result["suppressions"] is not JsonArray list || list.All(IsSuppression!), $"{id}: suppressions");
        foreach (var location in new[] { "locations", "relatedLocations" }.SelectMany(name => result[name]?.AsArray() ?? []))
        {
            yield return Check(IsLocation(location!), $"{id}: location {location!.ToJsonString()}");
        }
    }

    private static IEnumerable<string> OfInvocation(JsonNode invocation, JsonArray rules)
    {
        yield return Check(invocation["executionSuccessful"] is JsonValue, "executionSuccessful");
        yield return Check(UtcTime.IsMatch(Text(invocation["startTimeUtc"])) && UtcTime.IsMatch(Text(invocation["endTimeUtc"])), "times");
        foreach (var notification in invocation["toolExecutionNotifications"]!.AsArray())
        {
            yield return Check(Levels.Contains(Text(notification!["level"])) && notification["message"]!["text"] is not null, "notification");
            yield return Check(
                notification["associatedRule"] is not { } rule || Text(rules[rule["index"]!.GetValue<int>()]!["id"]) == Text(rule["id"]), "associatedRule");
        }
    }

    private static bool IsSuppression(JsonNode suppression) =>
        Text(suppression["kind"]) is "inSource" or "external" && Text(suppression["status"]) is "accepted" or "underReview" or "rejected";

    private static bool IsLocation(JsonNode location)
    {
        if (location["physicalLocation"] is not { } physical)
        {
            return location["logicalLocations"]!.AsArray().All(logical => Text(logical!["name"]).Length > 0);
        }

        var uri = Text(physical["artifactLocation"]!["uri"]);
        return Relative.IsMatch(uri) && Uri.IsWellFormedUriString(uri, UriKind.Relative) && Text(physical["artifactLocation"]!["uriBaseId"]) == "%SRCROOT%"
            && physical["region"]!["startLine"]!.GetValue<int>() >= 1;
    }

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? string.Empty;

    private static string Check(bool holds, string what) => holds ? string.Empty : what;

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex Semantic { get; }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex UtcTime { get; }

    [GeneratedRegex("^([A-Za-z0-9._~-]|%[0-9A-F]{2})+(/([A-Za-z0-9._~-]|%[0-9A-F]{2})+)*$")]
    private static partial Regex Relative { get; }
}
