using System.Globalization;
using VaultConformance.Harness.Probes.Cluster;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>
/// What <em>restricted</em> demands in a version of Kubernetes. It changes: later versions allow more of what is harmless, and forbid what
/// was overlooked. Taken from the checks of <c>k8s.io/pod-security-admission</c> and the branches in which they appeared.
/// </summary>
/// <param name="Minor">Minor version of Kubernetes 1.</param>
internal sealed record StandardVersion(int Minor)
{
    private const int Oldest = 25;
    private const int Newest = 37;

    private static readonly Dictionary<string, int> Sysctls = new(StringComparer.Ordinal)
    {
        ["kernel.shm_rmid_forced"] = 0,
        ["net.ipv4.ip_local_port_range"] = 0,
        ["net.ipv4.ip_unprivileged_port_start"] = 0,
        ["net.ipv4.ping_group_range"] = 0,
        ["net.ipv4.tcp_syncookies"] = 0,
        ["net.ipv4.ip_local_reserved_ports"] = 27,
        ["net.ipv4.tcp_fin_timeout"] = 29,
        ["net.ipv4.tcp_keepalive_intvl"] = 29,
        ["net.ipv4.tcp_keepalive_probes"] = 29,
        ["net.ipv4.tcp_keepalive_time"] = 29,
        ["net.ipv4.tcp_rmem"] = 32,
        ["net.ipv4.tcp_wmem"] = 32,
        ["net.ipv4.tcp_notsent_lowat"] = 37,
        ["net.ipv4.tcp_slow_start_after_idle"] = 37,
    };

    private static readonly Dictionary<string, int> SelinuxTypes = new(StringComparer.Ordinal)
    {
        ["container_t"] = 0, ["container_init_t"] = 0, ["container_kvm_t"] = 0, ["container_engine_t"] = 31,
    };

    /// <summary>True when a volume may be an image.</summary>
    public bool AllowsImageVolumes => Minor >= 33;

    /// <summary>True when probes and hooks may only call the pod itself.</summary>
    public bool ForbidsHosts => Minor >= 34;

    /// <summary>True when a pod with users of its own (<c>hostUsers: false</c>) may run as root.</summary>
    public bool TrustsUserNamespaces => Minor >= 35;

    /// <summary>The versions that may be the one of a cluster: one where it is known, all where it is not.</summary>
    /// <param name="serverVersion">What the API server says of itself; null when nobody asked.</param>
    public static IReadOnlyList<StandardVersion> List(string? serverVersion) =>
        KubernetesVersion.Parse(serverVersion) is { Major: 1 } known
            ? [new StandardVersion(Math.Clamp(known.Minor, Oldest, Newest))]
            : [.. Enumerable.Range(Oldest, Newest - Oldest + 1).Select(minor => new StandardVersion(minor))];

    /// <summary>True when a sysctl may be set.</summary>
    /// <param name="name">Its name.</param>
    public bool Allows(string name) => Sysctls.TryGetValue(name, out var since) && since <= Minor;

    /// <summary>True when a type of SELinux may be set.</summary>
    /// <param name="type">The type.</param>
    public bool AllowsType(string? type) => string.IsNullOrEmpty(type) || (SelinuxTypes.TryGetValue(type, out var since) && since <= Minor);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"v1.{Minor}");
}
