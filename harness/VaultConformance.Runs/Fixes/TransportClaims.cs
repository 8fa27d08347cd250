using System.Text.RegularExpressions;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>Which facts about TLS a change mends.</summary>
internal static partial class TransportClaims
{
    private static readonly string[] OwnPorts = ["http (8200)", "http-rep (8202)", "http"];

    /// <summary>True when it mends the fact.</summary>
    /// <param name="facts">What the change reaches.</param>
    /// <param name="control">The control.</param>
    /// <param name="finding">The fact.</param>
    public static bool Mends(ClaimFacts facts, string control, Finding finding) => IsOwn(facts, finding) && control switch
    {
        "TLS-1" => MendsPlaintext(facts, finding),
        "TLS-2" => MendsProtocol(facts, finding),
        "TLS-3" or "TLS-6" => IsOnlyPlaintext(facts, finding),
        "TLS-4" => IsOnlyPlaintext(facts, finding)
            || (finding.Fact.Contains("(api_addr))", StringComparison.Ordinal) && facts.Changes("ha", "apiAddr")),
        "TLS-5" => IsOnlyPlaintext(facts, finding)
            || (Certificate.IsMatch(finding.Fact) && facts.IsOfServer(finding) && facts.ConfigBefore != facts.ConfigAfter)
            || (finding.Fact.StartsWith("subPath of ", StringComparison.Ordinal) && facts.Changes("volumeMounts")),
        "TLS-7" => MendsCluster(facts, finding),
        _ => false,
    };

    // The server's pod, or one of the chart's Services for it.
    private static bool IsOwn(ClaimFacts facts, Finding finding) => facts.IsOfServer(finding)
        || (Service.Match(finding.Subject) is { Success: true } service
            && (service.Groups["name"].Value == facts.FullName || OwnService.IsMatch(service.Groups["name"].Value[Math.Min(
                facts.FullName.Length, service.Groups["name"].Value.Length)..])
                && service.Groups["name"].Value.StartsWith(facts.FullName, StringComparison.Ordinal)));

    // Nothing else was wrong than that no TLS was spoken.
    private static bool IsOnlyPlaintext(ClaimFacts facts, Finding finding) =>
        facts.SwitchesTls && finding.Actual.Contains("plaintext is spoken", StringComparison.Ordinal);

    private static bool MendsPlaintext(ClaimFacts facts, Finding finding) =>
        facts.After.FindAt("global", "tlsDisable") is FixText { Text: "false" } && finding.Fact switch
    {
        "addresses in the environment that are not https" or "addresses in the environment of the process that are not https" =>
            ClaimFacts.Split(finding).All(item => ServerAddresses.IsAddress(item.Split('=')[0])),
        "addresses in the configuration that are not https" =>
            !PlainSetting.IsMatch(facts.ConfigAfter) && facts.ConfigBefore != facts.ConfigAfter,
        "container ports that are named after plaintext" => ClaimFacts.Split(finding).All(OwnPorts.Contains),
        // The Services of the chart have one port for the API, whatever its number.
        "ports that are named after plaintext" => ClaimFacts.Split(finding).All(ApiPort.IsMatch),
        "probes that ask the server in plaintext" => true,
        "answer to plaintext" => facts.SwitchesTls,
        _ when Answer.Match(finding.Fact) is { Success: true } answer => facts.SwitchesTls && facts.IsListener(answer.Groups["port"].Value),
        _ => Listener.IsMatch(finding.Fact) && facts.ConfigBefore != facts.ConfigAfter,
    };

    private static bool MendsProtocol(ClaimFacts facts, Finding finding) => facts.ConfigBefore != facts.ConfigAfter
        && (Listener.IsMatch(finding.Fact)
            || (Port.Match(finding.Fact) is { Success: true } port && facts.IsListener(port.Groups["port"].Value)));

    private static bool MendsCluster(ClaimFacts facts, Finding finding) => finding.Fact switch
    {
        "variables that turn verification off" => facts.Changes("extraEnvironmentVars"),
        _ => Joining.IsMatch(finding.Fact) && facts.ConfigBefore != facts.ConfigAfter && !PlainJoin.IsMatch(facts.ConfigAfter),
    };

    [GeneratedRegex(@"^service/(?<name>[a-z0-9-]+)(:8200)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Service { get; }

    [GeneratedRegex(@"^http( \(\d+\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex ApiPort { get; }

    [GeneratedRegex(@"^-(internal|active|standby|ui)$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnService { get; }

    [GeneratedRegex(@"(?mi)^\s*(api_addr|cluster_addr|redirect_addr|leader_api_addr)\s*=\s*""http://", RegexOptions.CultureInvariant)]
    private static partial Regex PlainSetting { get; }

    [GeneratedRegex(@"^answer of port (?<port>\d+) to plaintext$", RegexOptions.CultureInvariant)]
    private static partial Regex Answer { get; }

    [GeneratedRegex(@"^(TLS of|tls_min_version of|settings that) listener \S+( lacks)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Listener { get; }

    [GeneratedRegex(@"\bport (?<port>\d+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Port { get; }

    [GeneratedRegex(
        @"^(volume of /\S+|certificate in the file of the listener on port \d+|mount under /\S+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Certificate { get; }

    [GeneratedRegex(@"(?mi)^(?!\s*(#|//)).*\bauto_join_scheme""?\s*[=:]\s*""http""", RegexOptions.CultureInvariant)]
    private static partial Regex PlainJoin { get; }

    [GeneratedRegex(@"^(address|trust) of retry_join", RegexOptions.CultureInvariant)]
    private static partial Regex Joining { get; }
}
