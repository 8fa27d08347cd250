using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>The probes that open connections: listeners of every pod, every way into the release, and the reload of a replaced certificate.</summary>
public static class NetworkProbes
{
    /// <summary>Adds all of them.</summary>
    /// <param name="probes">Where to.</param>
    /// <param name="context">The live system.</param>
    /// <param name="network">What they connect with.</param>
    public static ProbeSet AddTo(ProbeSet probes, ProbeContext context, NetworkServices network) => probes
        .Add(new ListenersProbe(context, network))
        .Add(new PathsProbe(context, network))
        .Add(new CertificateReloadProbe(context, network));
}
