using System.Text.RegularExpressions;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>Which facts about users, capabilities and confinement a change mends.</summary>
internal static partial class IdentityClaims
{
    private static readonly string[] Containers = ["extraContainers", "extraInitContainers"];
    private static readonly string[] StorageLimit = ["resources", "limits", "ephemeral-storage"];

    /// <summary>True when it mends a fact of the server's container.</summary>
    /// <param name="facts">What the change reaches.</param>
    /// <param name="control">The control.</param>
    /// <param name="finding">The fact.</param>
    public static bool Mends(ClaimFacts facts, string control, Finding finding) => control switch
    {
        "ID-1" or "ID-2" => MendsUser(facts, finding),
        "ID-3" => facts.ReadContainer("allowPrivilegeEscalation") == "false" && Escalation.IsMatch(finding.Fact),
        "ID-4" => Capabilities.IsMatch(finding.Fact),
        "ID-5" => Seccomp.IsMatch(finding.Fact) && facts.ReadPod("seccompProfile", "type") is not (null or "Unconfined")
            && facts.ReadContainer("seccompProfile", "type") is not "Unconfined",
        "ID-6" => finding.Fact == "sharing with the host" && ClaimFacts.Split(finding).All(item =>
            item == "hostNetwork" ? facts.Changes("hostNetwork") : item is "privileged (container vault)" || ProcMount.IsMatch(item)),
        "ID-8" => finding.Fact == "limit of ephemeral storage" && facts.Changes(StorageLimit) && facts.Read(StorageLimit) is null
            && Containers.SelectMany(facts.List).All(item => ClaimFacts.ReadItem(item, StorageLimit) is null),
        _ => false,
    };

    /// <summary>True when it mends a fact of another container: what the pod has is that of a container that says nothing.</summary>
    /// <param name="facts">What the change reaches.</param>
    /// <param name="control">The control.</param>
    /// <param name="finding">The fact.</param>
    public static bool MendsOther(ClaimFacts facts, string control, Finding finding)
    {
        var name = OtherContainer.Match(finding.Fact) is { Success: true } match ? match.Groups["name"].Value
            : finding.Subject.Split('/') is [_, var container] ? container : null;
        return control == "ID-5" && Seccomp.IsMatch(finding.Fact) && facts.ReadPod("seccompProfile", "type") is not (null or "Unconfined")
            && Containers.SelectMany(facts.List).FirstOrDefault(item => ClaimFacts.ReadItem(item, "name") == name) is { } other
            && other.FindAt("securityContext", "seccompProfile") is null
            && ClaimFacts.ReadItem(other, "securityContext", "privileged") is null or "false";
    }

    private static bool MendsUser(ClaimFacts facts, Finding finding) =>
        facts.ReadPod("runAsNonRoot") is not null
            && (facts.LeavesUser || facts.ReadPod("runAsUser") is not (null or "0"))
            && (User.IsMatch(finding.Fact)
                || (finding.Fact == "containers that take runAsNonRoot back" && finding.Actual == ChartNames.Container))
            && (!finding.Fact.StartsWith("supplementary", StringComparison.Ordinal)
                || facts.After.FindAt("server", "statefulSet", "securityContext", "pod", "supplementalGroups") is null);

    [GeneratedRegex(
        @"^(UIDs|GIDs|UID|GID|supplementary groups) of .+ \(PID \d+\)( against runAs(User|Group))?$"
            + @"|^declared (user|group) of container vault$|^declared runAs(User|Group)$|^effective runAsNonRoot$|^declared fsGroup$",
        RegexOptions.CultureInvariant)]
    private static partial Regex User { get; }

    [GeneratedRegex(@"^allowPrivilegeEscalation of container vault$|^NoNewPrivs of .+ \(PID \d+\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Escalation { get; }

    [GeneratedRegex(
        @"^(dropped|added) capabilities of container vault$|^\w+ capabilities of .+ \(PID \d+\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Capabilities { get; }

    [GeneratedRegex(@"^declared seccomp profile of container [a-z0-9-]+$|^seccomp mode of .+ \(PID \d+\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Seccomp { get; }

    [GeneratedRegex(@"^procMount \w+ \(container vault\)$", RegexOptions.CultureInvariant)]
    private static partial Regex ProcMount { get; }

    [GeneratedRegex(@"of container (?<name>[a-z0-9-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex OtherContainer { get; }
}
