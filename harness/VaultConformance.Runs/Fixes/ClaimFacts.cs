using System.Text.RegularExpressions;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>What a change of values reaches, for deciding whether it mends a fact that failed.</summary>
/// <param name="Before">The values before.</param>
/// <param name="After">The values after.</param>
/// <param name="ConfigBefore">The server's configuration before.</param>
/// <param name="ConfigAfter">The server's configuration after.</param>
/// <param name="FullName">What the chart calls its objects.</param>
/// <param name="LeavesUser">True when the platform chooses the user of the server.</param>
internal sealed partial record ClaimFacts(
    FixMap Before, FixMap After, string ConfigBefore, string ConfigAfter, string FullName, bool LeavesUser)
{
    /// <summary>True when the change switches TLS on in the server's configuration.</summary>
    public bool SwitchesTls => (new ListenerText(ConfigBefore), new ListenerText(ConfigAfter)) is var (before, after)
        && (before.IsTlsOff ? !after.IsTlsOff : !before.HasCertificate && after.HasCertificate);

    /// <summary>True when a fact is about the server's own container, and nothing else can be meant.</summary>
    /// <param name="finding">The fact.</param>
    public bool IsOfServer(Finding finding) =>
        (!finding.Subject.Contains('/', StringComparison.Ordinal) || finding.Subject.StartsWith("statefulset/", StringComparison.Ordinal))
            && (!finding.Fact.Contains("(PID ", StringComparison.Ordinal) || !SharesProcesses)
            && (!Container.IsMatch(finding.Fact) || Container.Match(finding.Fact).Groups["name"].Value == ChartNames.Container);

    /// <summary>A value below <c>server</c> after the change, as text.</summary>
    /// <param name="path">Keys from <c>server</c>.</param>
    public string? Read(params IEnumerable<string> path) =>
        After.FindAt(["server", .. path]) is FixText { IsNull: false } text ? text.Text : null;

    /// <summary>A value of the pod's security context after the change, as text.</summary>
    /// <param name="path">Keys from there.</param>
    public string? ReadPod(params IEnumerable<string> path) => Read(["statefulSet", "securityContext", "pod", .. path]);

    /// <summary>A value of the container's security context after the change, as text.</summary>
    /// <param name="path">Keys from there.</param>
    public string? ReadContainer(params IEnumerable<string> path) => Read(["statefulSet", "securityContext", "container", .. path]);

    /// <summary>Items of a list below <c>server</c> after the change.</summary>
    /// <param name="key">Its key.</param>
    public IEnumerable<FixMap> List(string key) => (After.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    /// <summary>A text of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="path">Keys from there.</param>
    public static string? ReadItem(FixMap item, params IEnumerable<string> path) => (item.FindAt(path) as FixText)?.Text;

    /// <summary>True when the change alters something below a key of <c>server</c>.</summary>
    /// <param name="path">Keys from <c>server</c>.</param>
    public bool Changes(params IEnumerable<string> path) =>
        !FixNode.AreSame(Before.FindAt(["server", .. path]), After.FindAt(["server", .. path]));

    /// <summary>The parts of a listed fact.</summary>
    /// <param name="finding">The fact.</param>
    public static IReadOnlyList<string> Split(Finding finding) => finding.Actual.Split(", ", StringSplitOptions.TrimEntries);

    /// <summary>True when a port is one of a TCP listener of the server.</summary>
    /// <param name="port">The port.</param>
    public bool IsListener(string port) => port == "8200" || Address.Matches(ConfigAfter).Any(match => match.Groups["port"].Value == port);

    // Processes of other containers cannot be told from the server's then.
    private bool SharesProcesses => Read("shareProcessNamespace") is not (null or "false" or "") && List("extraContainers").Any();

    [GeneratedRegex(@"\bcontainer (?<name>[a-z0-9-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Container { get; }

    [GeneratedRegex(@"(?m)\baddress""?\s*[=:]\s*""[^""]*:(?<port>\d+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Address { get; }
}
