using VaultConformance.Reporting.Model;

namespace VaultConformance.Browser.Tests.Support;

/// <summary>What <see cref="SampleReport"/> says was tested, how long it took and what was waived.</summary>
internal static class SampleSubject
{
    public static SubjectFact[] Facts =>
    [
        new("Release", "vault in namespace vault-r7f3c9, revision 1"),
        new("Chart", "vault 0.34.1"),
        new("Server image", "docker.io/hashicorp/vault:2.0.4"),
        new("Values", "values.yaml, production.yaml"),
        new("Changed by VaultConformance so that it could be installed", "server.affinity: one node for three servers"),
        new("Kubernetes", "v1.35.2+k3s1 (K3s, 1 node(s))"),
        new("Node", "k3s-r7f3c9: K3s v1.35.2+k3s1, Linux 6.12.41, containerd://2.1.5-k3s1"),
        new("Helm", "v4.0.3"),
    ];

    public static EvidenceExcerpt Excerpt => new(
        [
            new("observations/pod/vault-0/mounts.json", "mounts[/].options", """["rw","relatime"]"""),
            new("observations/pod/vault-0/write-attempts.json", "attempts[/vault].result", "\"Written\""),
            new("observations/release/objects.json", "pods[vault-0].spec.containers[vault].volumeMounts", $$"""[{"mountPath":"/{{new string('m', 200)}}","name":"data"}]"""),
        ],
        9);

    public static SubjectDigest[] Digests =>
    [
        new(SubjectKind.Chart, "vault-0.34.1", "5f1d3a0c9be7428f6f0b2ad1c4ce9e5b6a7d8f90123456789abcdef0aa55bb66"),
        new(SubjectKind.Values, "values.yaml", "0b9c6f7d2e1a4358bd6c7f80912a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c"),
        new(SubjectKind.Values, "production.yaml", "9d3e6b1f40c2a7580e9d8c7b6a5f4e3d2c1b0a998877665544332211ffeeddcc"),
        new(SubjectKind.Image, "docker.io/hashicorp/vault:2.0.4", "c1a2b3d4e5f60718293a4b5c6d7e8f900a1b2c3d4e5f60718293a4b5c6d7e8f9"),
    ];

    public static PhaseDuration[] Phases =>
    [
        new("plan", TimeSpan.FromMilliseconds(180)),
        new("machine", TimeSpan.FromSeconds(4.1)),
        new("cluster", TimeSpan.FromSeconds(38.4)),
        new("release", TimeSpan.FromSeconds(21.9)),
        new("bootstrap", TimeSpan.FromSeconds(9.3)),
        new("controls", TimeSpan.FromSeconds(61.2)),
        new("removal", TimeSpan.FromSeconds(6.8)),
    ];

    public static WaiverStatus Waived => new(
        new Waiver(
            "memory-bursts", ControlId.Parse("MEM-4"), new WaiverScope(">=0.30.0 <0.36.0", null, "vault-*"),
            "Memory limits are set by the platform's admission webhook from April on", "platform team", "security office",
            new DateOnly(2026, 6, 30), "https://tickets.example/SEC-1142"),
        WaiverState.Used,
        "the control failed within its scope");

    public static WaiverStatus Expired => new(
        new Waiver(
            "old-core-limit", ControlId.Parse("CORE-2"), new WaiverScope(null, "k3s", null),
            "The node image was being rebuilt", "platform team", "security office", new DateOnly(2026, 1, 31), null),
        WaiverState.Expired,
        "its last day was 2026-01-31; CORE-2 counts as it is");
}
