using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Whether a replaced certificate is served after SIGHUP by the same process.</summary>
internal static class CertificateReload
{
    /// <summary>Judges a replacement.</summary>
    /// <param name="facts">What happened.</param>
    public static IEnumerable<Judgement> Judge(CertificateReloadFacts facts)
    {
        if (facts.Before == facts.Replacement)
        {
            yield return Judgement.Unknown("certificate after SIGHUP", "the new one", "the replacement equals the certificate served before, so that nothing can be seen");
            yield break;
        }

        yield return Judgement.Of(
            "mounted certificate", facts.MountUpdated, "replaced in time", facts.MountUpdated ? $"replaced after {facts.MountUpdateTook?.TotalSeconds:0} s" : "never replaced");
        yield return Judgement.Of("certificate after SIGHUP (SHA-256)", facts.After == facts.Replacement, facts.Replacement, facts.After ?? "no handshake succeeded");
        yield return Judgement.Of("restarts during the reload", facts.RestartsAfter == facts.RestartsBefore, "none", $"{facts.RestartsAfter - facts.RestartsBefore}");
        yield return Judgement.Of("server process after the reload", facts.StartTimeUnchanged, "the same", facts.StartTimeUnchanged ? "the same" : "another");
        yield return Judgement.Of("reload line in the server's log", facts.ReloadLogged is not null, "present", facts.ReloadLogged ?? "absent");
    }
}
