using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>
/// Which fields that Pod Security does not admit a change mends: those of the servers that other controls mend. Other pods and other
/// containers keep theirs.
/// </summary>
internal static class PodSecurityClaims
{
    private const string NotSet = "not set";
    private const string OfServer = $" of container {ChartNames.Container}";

    /// <summary>True when it mends the fact.</summary>
    /// <param name="facts">What the change reaches.</param>
    /// <param name="finding">The fact.</param>
    public static bool Mends(ClaimFacts facts, Finding finding) => IsOfServerPod(facts, finding.Subject) && finding.Fact switch
    {
        "hostNetwork" => facts.Changes("hostNetwork") && facts.Read("hostNetwork") is null or "false",
        _ when !facts.Changes("statefulSet", "securityContext") => false,
        "securityContext.runAsUser" => facts.ReadPod("runAsUser") is not "0",
        "securityContext.runAsNonRoot" => facts.ReadPod("runAsNonRoot") == "true",
        "securityContext.seccompProfile.type" => IsConfined(facts.ReadPod("seccompProfile", "type")),
        var fact when fact.EndsWith(OfServer, StringComparison.Ordinal) => MendsContainer(facts, fact[..^OfServer.Length], finding.Actual),
        _ => false,
    };

    private static bool MendsContainer(ClaimFacts facts, string field, string actual) => field switch
    {
        "securityContext.allowPrivilegeEscalation" => facts.ReadContainer("allowPrivilegeEscalation") == "false",
        "securityContext.capabilities.drop" => ListCapabilities(facts, "drop").Contains("ALL"),
        "securityContext.capabilities.add" => !ListCapabilities(facts, "add").Any(),
        "securityContext.privileged" => facts.ReadContainer("privileged") is null or "false",
        "securityContext.procMount" => facts.ReadContainer("procMount") is null or "Default",
        "securityContext.runAsUser" => facts.ReadContainer("runAsUser") is not "0",
        "securityContext.runAsNonRoot" => actual == NotSet
            ? facts.ReadPod("runAsNonRoot") == "true"
            : facts.ReadContainer("runAsNonRoot") is null or "true" && facts.ReadPod("runAsNonRoot") == "true",
        "securityContext.seccompProfile.type" => actual == NotSet
            ? IsConfined(facts.ReadPod("seccompProfile", "type"))
            : IsConfined(facts.ReadContainer("seccompProfile", "type") ?? facts.ReadPod("seccompProfile", "type")),
        _ => false,
    };

    private static bool IsConfined(string? type) => type is "RuntimeDefault" or "Localhost";

    private static IEnumerable<string> ListCapabilities(ClaimFacts facts, string list) =>
        (facts.After.FindAt("server", "statefulSet", "securityContext", "container", "capabilities", list) as FixList)?.Items
            .OfType<FixText>().Select(item => item.Text) ?? [];

    // Pods of other workloads begin with the same name.
    private static bool IsOfServerPod(ClaimFacts facts, string subject) =>
        subject == $"statefulset/{facts.FullName}"
        || (subject.StartsWith(facts.FullName + "-", StringComparison.Ordinal)
            && subject[(facts.FullName.Length + 1)..].All(char.IsAsciiDigit));
}
