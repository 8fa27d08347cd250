using System.Globalization;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>
/// What the API server's admission answered about the pods that exist. It names the first pod of those that violate the same, and how many
/// others there are.
/// </summary>
internal sealed partial class AdmissionAnswer
{
    private const string Header = "existing pods in namespace ";
    private const string Exempt = "is exempt from Pod Security";

    private readonly List<Refusal> _refusals = [];

    private AdmissionAnswer(IReadOnlyList<string> warnings)
    {
        var lines = warnings.Where(warning => !warning.StartsWith(Header, StringComparison.Ordinal)).ToList();
        IsExempt = lines.Exists(line => line.Contains(Exempt, StringComparison.Ordinal));
        foreach (var line in lines.Where(line => !line.Contains(Exempt, StringComparison.Ordinal)))
        {
            if (Line.Match(line) is { Success: true } match && ListRules(match.Groups["rules"].Value) is { } rules)
            {
                _refusals.Add(new Refusal(match.Groups["pod"].Value, ReadCount(match), rules));
            }
            else
            {
                Unread ??= line;
            }
        }
    }

    /// <summary>True where the namespace is exempt, so that no pod was evaluated.</summary>
    public bool IsExempt { get; }

    /// <summary>A line that says something else, for example that not all pods were evaluated; null when there is none.</summary>
    public string? Unread { get; }

    /// <summary>True when it is known which of the pods that exist are refused.</summary>
    public bool IsWhole => !IsExempt && Unread is null;

    /// <summary>How many pods are refused.</summary>
    public int Count => _refusals.Sum(refusal => refusal.Count);

    /// <summary>The answer; null where the API server was not asked, or has no such admission.</summary>
    /// <param name="facts">What was observed.</param>
    public static AdmissionAnswer? From(PodSecurityFacts? facts) =>
        facts is { Active: true, Warnings: { } warnings } ? new AdmissionAnswer(warnings) : null;

    /// <summary>What it has against a pod, in its own words; null where it would admit it.</summary>
    /// <param name="pod">Name of the pod.</param>
    /// <param name="rules">What this program finds in it.</param>
    public string? FindRefusal(string pod, IReadOnlyCollection<string> rules)
    {
        var found = _refusals.Find(refusal => refusal.Pod == pod)
            ?? _refusals.Find(refusal => refusal.Count > 1 && refusal.Rules.Any(rules.Contains));
        return found is null ? null : string.Join(", ", found.Rules);
    }

    // The number of profiles makes the word plural, and says nothing here.
    private static List<string>? ListRules(string text)
    {
        var rules = text.Split(", ").Select(rule => rule == "forbidden AppArmor profiles" ? rule[..^1] : rule).ToList();
        return rules.TrueForAll(rule => rule.Length > 0) ? rules : null;
    }

    private static int ReadCount(Match match) =>
        match.Groups["others"] is { Success: true } others ? int.Parse(others.Value, CultureInfo.InvariantCulture) + 1 : 1;

    private sealed record Refusal(string Pod, int Count, IReadOnlyList<string> Rules);

    [GeneratedRegex(@"^(?<pod>[a-z0-9.-]+)( \(and (?<others>\d{1,6}) other pods?\))?: (?<rules>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Line { get; }
}
