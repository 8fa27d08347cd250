using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.TransportSecurity;
using k8s.Models;

namespace VaultConformance.Judging.Processes;

/// <summary>Whether a replaced certificate is served after SIGHUP by the same process.</summary>
public static class CertificateReload
{
    /// <summary>Judges a replacement.</summary>
    /// <param name="facts">What happened.</param>
    /// <param name="listeners">The listeners that the server loaded; empty when they are not known.</param>
    public static IEnumerable<Judgement> Judge(CertificateReloadFacts facts, IReadOnlyList<LoadedListener> listeners) =>
        facts.Before == facts.Replacement
            ?
            [
                Judgement.Unknown(
                    "certificate after SIGHUP",
                    "the new one",
                    "the replacement equals the certificate served before, so that nothing can be seen"),
            ]
            : [.. JudgeServed(facts, listeners), .. JudgeProcess(facts)];

    private static IEnumerable<Judgement> JudgeServed(CertificateReloadFacts facts, IReadOnlyList<LoadedListener> listeners) =>
    [
        Judgement.Of("mounted certificate", facts.MountUpdated, "replaced in time", facts.MountUpdated
                ? $"replaced after {facts.MountUpdateTook?.TotalSeconds:0} s"
                : "never replaced")
            .Saying("The mounted certificate was not replaced in time."),
        Judgement.Of(
                "certificate after SIGHUP (SHA-256)",
                facts.After == facts.Replacement,
                facts.Replacement,
                facts.After ?? "no handshake succeeded")
            .Saying(DescribeOld(facts, facts.After, string.Empty)),
        .. JudgePorts(
            facts,
            [.. listeners.Where(listener => !listener.TlsDisabled && !listener.LoopbackOnly)
                .Select(listener => listener.Port)
                .OfType<int>()
                .Distinct()]),
    ];

    private static IEnumerable<Judgement> JudgeProcess(CertificateReloadFacts facts) =>
    [
        Judgement.Of(
                "restarts during the reload",
                facts.RestartsAfter == facts.RestartsBefore,
                "none",
                $"{facts.RestartsAfter - facts.RestartsBefore}")
            .Saying("The container restarted during the reload."),
        Judgement.Of(
                "server process after the reload", facts.StartTimeUnchanged, "the same", facts.StartTimeUnchanged ? "the same" : "another")
            .Saying("The server process was replaced during the reload."),
        Judgement.Of("reload line in the server's log", facts.ReloadLogged is not null, "present", facts.ReloadLogged ?? "absent")
            .Saying("The server's log has no reload line."),
    ];

    /// <summary>
    /// What is said to have been served before has to be what handshakes saw then: else the certificate of another server was replaced.
    /// </summary>
    /// <param name="facts">What happened.</param>
    /// <param name="served">SHA-256 of every leaf that the pod served, by port; null when that was not seen.</param>
    public static IEnumerable<Judgement> JudgeBefore(CertificateReloadFacts facts, ILookup<int, string>? served)
    {
        if (served is null || served.Count == 0)
        {
            yield break;
        }

        var strange =
            (facts.Ports ?? [])
                .Where(port => port.Before is { } before
                    && served.Contains(port.Port)
                    && !served[port.Port].Contains(before, StringComparer.OrdinalIgnoreCase))
                .Select(port => port.Before!);
        if (!served.SelectMany(leaves => leaves).Contains(facts.Before, StringComparer.OrdinalIgnoreCase))
        {
            strange = strange.Prepend(facts.Before);
        }

        foreach (var before in strange.Distinct())
        {
            yield return Judgement.Unknown(
                "certificate before SIGHUP",
                "the one that handshakes saw",
                $"{before}, which the pod did not serve when it was checked: what was replaced is not its certificate");
        }
    }

    /// <summary>
    /// The kubelet never renews what is mounted by subPath: a renewal that arrived there is none of this pod, or the pod is not as
    /// recorded.
    /// </summary>
    /// <param name="facts">What happened.</param>
    /// <param name="listeners">The listeners that the server loaded.</param>
    /// <param name="container">The server container.</param>
    public static IEnumerable<Judgement> JudgeMounts(
        CertificateReloadFacts facts, IReadOnlyList<LoadedListener> listeners, V1Container container) =>
    [
        .. listeners.Where(listener => !listener.TlsDisabled).Select(listener => listener.CertificateFile).OfType<string>().Distinct()
            .Where(path =>
                facts.MountUpdated && container.MountHolding(path) is { } mount && !string.IsNullOrEmpty(mount.SubPath + mount.SubPathExpr))
            .Select(path => Judgement.Unknown(
                $"mount under {path}",
                "without subPath, so that renewals of the Secret arrive",
                "by subPath, so that renewals of the Secret never arrive, and yet one was seen there")),
    ];

    /// <summary>Every listener has a certificate of its own in memory: that one reloads says nothing about another.</summary>
    private static string DescribeOld(CertificateReloadFacts facts, string? after, string where) => after switch
    {
        null => $"After SIGHUP no TLS handshake succeeded{where}.",
        _ when after == facts.Before => $"After SIGHUP Vault still serves the old certificate{where}.",
        _ => $"After SIGHUP Vault does not serve the new certificate{where}.",
    };

    private static IEnumerable<Judgement> JudgePorts(CertificateReloadFacts facts, IReadOnlyList<int> expected)
    {
        foreach (var port in facts.Ports ?? [])
        {
            yield return Judgement.Of(
                $"certificate after SIGHUP on port {port.Port} (SHA-256)",
                port.After == facts.Replacement,
                facts.Replacement,
                port.After ?? "no handshake succeeded")
                .Saying(DescribeOld(facts, port.After, $" on port {port.Port}"));
        }

        var missing = expected.Except((facts.Ports ?? []).Select(port => port.Port)).ToList();
        if (missing.Count > (facts.Ports is null ? 1 : 0))
        {
            yield return Judgement.Unknown(
                "ports that were not checked after SIGHUP",
                "none",
                facts.Ports is null ? $"all but one of {string.Join(", ", missing)}" : string.Join(", ", missing));
        }
    }
}
