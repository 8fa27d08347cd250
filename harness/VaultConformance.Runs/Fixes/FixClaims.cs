using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>
/// Decides which facts that failed a change of values mends. Only what is known to be mended counts; whatever else failed is not claimed.
/// </summary>
/// <param name="facts">What the change reaches.</param>
internal sealed class FixClaims(ClaimFacts facts)
{
    private const string TokenSecrets = "Secrets that hold a token of the ServiceAccount";
    private const string ClientServices = "client Services that lead to servers that are not ready";
    private static readonly string[] ChartServices = ["", "-active", "-standby"];
    private const string TokenChecks = "right to have tokens of other accounts checked";

    /// <summary>The facts of a control that failed and that the change does not mend.</summary>
    /// <param name="result">The control's result.</param>
    public IReadOnlyList<Finding> ListLeft(ControlResult result) =>
        [.. result.Findings.Where(finding => finding.Outcome == Outcome.Failed && !Mends(result.Control.Id.ToString(), finding))];

    private bool Mends(string control, Finding finding) => control[..control.IndexOf('-', StringComparison.Ordinal)] switch
    {
        "TLS" => TransportClaims.Mends(facts, control, finding),
        "FS" => FilesystemClaims.Mends(facts, control, finding),
        "ID" => facts.IsOfServer(finding)
            ? IdentityClaims.Mends(facts, control, finding)
            : IdentityClaims.MendsOther(facts, control, finding),
        "API" => MendsConfiguration(control, finding),
        "K8S" => control == "K8S-1" ? PodSecurityClaims.Mends(facts, finding) : MendsRights(control, finding),
        "HA" => control == "HA-5" && finding.Fact == ClientServices && ClaimFacts.Split(finding).All(LeavesOut),
        "UPG" => MendsStart(control, finding),
        _ => facts.IsOfServer(finding) && ProcessClaims.Mends(facts, control, finding),
    };

    private bool LeavesOut(string service) => service == facts.FullName + "-ui"
        ? facts.After.FindAt("ui", "publishNotReadyAddresses") is FixText { Text: "false" }
        : facts.Read("service", "publishNotReadyAddresses") == "false" && ChartServices.Any(end => service == facts.FullName + end);

    // A decision on mlock is written once, and in a form that every version takes.
    private bool MendsStart(string control, Finding finding) => control switch
    {
        "UPG-1" => finding.Fact == "update strategy" && facts.Read("updateStrategyType") == "OnDelete",
        _ when facts.ConfigBefore == facts.ConfigAfter => false,
        "UPG-6" => finding.Fact.StartsWith("disable_mlock ", StringComparison.Ordinal)
            || (finding.Fact.StartsWith("attributes that ", StringComparison.Ordinal) && IsAboutMlock(finding)),
        "UPG-7" => finding.Fact == "settings with more than one value" && IsAboutMlock(finding),
        _ => false,
    };

    private static bool IsAboutMlock(Finding finding) => finding.Actual.StartsWith("disable_mlock (", StringComparison.Ordinal)
        && !finding.Actual.Contains("), ", StringComparison.Ordinal);

    // Mounts and roles may have times of their own; the token method has the server's unless somebody tuned it.
    private bool MendsConfiguration(string control, Finding finding) => facts.ConfigBefore != facts.ConfigAfter && control switch
    {
        "API-4" => finding.Fact is "default TTL of auth method token/" or "maximum TTL of auth method token/"
            && facts.ConfigAfter.Contains("max_lease_ttl", StringComparison.Ordinal),
        "API-7" when finding.Fact.StartsWith("log level in ", StringComparison.Ordinal) => facts.Changes("logLevel"),
        "API-7" => finding.Fact == "user interface",
        "API-8" => finding.Fact == "deny_slash_in_templated_paths",
        _ => false,
    };

    // What was bound by hand, or by another chart, stays.
    private bool MendsRights(string control, Finding finding) => control switch
    {
        "K8S-3" =>
            finding.Fact == TokenSecrets && finding.Actual == $"{facts.FullName}-token" && facts.Changes("serviceAccount", "createSecret"),
        "K8S-4" =>
            finding.Fact == TokenChecks && facts.Changes("authDelegator", "enabled") && facts.Read("authDelegator", "enabled") == "false",
        _ => false,
    };
}
