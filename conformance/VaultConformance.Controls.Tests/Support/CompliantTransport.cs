using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Authority;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Listeners, Services and ways into a release whose TLS satisfies every control.</summary>
internal static class CompliantTransport
{
    public const string CertificatePath = "/vault/userconfig/vault-tls/tls.crt";

    /// <summary>The sockets that the server has open.</summary>
    public static IReadOnlyList<long> Inodes { get; } = [48200, 48201, 49000];

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static CertificateNames Names { get; } = CertificateNames.CreateForRelease("vault", "vault", replicas: 2);

    /// <summary>A clock that stands at <see cref="Now"/>.</summary>
    public static TimeProvider Time { get; } = new FixedTime();

    public static TestCertificateAuthority Authority { get; } = new(Time);

    public static ServerCertificate Certificate { get; } = Authority.Issue(CertificateRecipe.Good, Names);

    public static ListeningSockets Sockets() => new(
        [new ListeningSocket("::", 8200, 100, Inodes[0]), new ListeningSocket("::", 8201, 100, Inodes[1]), new ListeningSocket("127.0.0.1", 9000, 100, Inodes[2])]);

    public static ListenerFacts Listeners(ServerCertificate certificate) => new(
        Now,
        new ProberProof(Enum.GetValues<TlsVersion>(), []),
        [
            Endpoint(8200, PortPurpose.Api, new PlaintextAnswer(PlaintextAnswerKind.HttpsExpected, 400, "HTTP/1.0 400 Bad Request"), [.. Old(), .. New(certificate)]),
            Endpoint(8201, PortPurpose.Cluster, new PlaintextAnswer(PlaintextAnswerKind.Refused, null, "closed without an answer"), [.. Old(), .. Enum.GetValues<TlsVersion>()[3..].Select(Refuse)]),
        ]);

    public static TlsHandshake Refuse(TlsVersion version) =>
        new(version, HandshakeOutcome.RefusedByServer, null, "protocol_version(70)", "The server sent the alert protocol_version(70).", []);

    public static TlsHandshake Accept(TlsVersion version, ServerCertificate certificate) => Accept(version, Chain(certificate));

    private static TlsHandshake Accept(TlsVersion version, string[] chain) =>
        new(version, HandshakeOutcome.Negotiated, version == TlsVersion.Tls13 ? "TLS_AES_128_GCM_SHA256" : "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", null, "The server chose it.", chain);

    public static IReadOnlyList<V1Service> Services() =>
    [
        Service("vault", "10.43.0.1"), Service("vault-internal", "None"), Service("vault-active", "10.43.0.2", ("vault-active", "true")), Service("vault-standby", "10.43.0.3", ("vault-active", "false")),
    ];

    public static IReadOnlyList<PathEndpoint> Paths(ServerCertificate certificate) =>
    [
        Path("service/vault:8200", certificate), Path("service/vault-active:8200", certificate), Path("service/vault-internal:8200", certificate),
        .. new[] { "vault", "vault-active", "vault-internal" }.Select(name => Path($"service/{name}:8201", certificate) with
        {
            Purpose = PortPurpose.Cluster, Fingerprints = new Dictionary<string, int>(), Problems = new Dictionary<string, int> { ["The server sent the alert internal_error(80)."] = 1 },
        }),
        .. new[] { 8200, 8201 }.Select(port => Path($"service/vault-standby:{port}", certificate) with { Ready = false, Plaintext = null, Fingerprints = new Dictionary<string, int>() }),
    ];

    public static PathEndpoint Path(string name, ServerCertificate certificate) => new(
        name, "ClusterIP", "10.43.0.1:8200", PortPurpose.Api, true, new PlaintextAnswer(PlaintextAnswerKind.Refused, null, ""),
        new Dictionary<string, int> { [certificate.Fingerprint] = 20 }, new Dictionary<string, int>());

    private static IEnumerable<TlsHandshake> Old() => Enum.GetValues<TlsVersion>()[..3].Select(Refuse);

    private static IEnumerable<TlsHandshake> New(ServerCertificate certificate)
    {
        var chain = Chain(certificate);
        return Enum.GetValues<TlsVersion>()[3..].Select(version => Accept(version, chain));
    }

    private static ListenerEndpoint Endpoint(int port, PortPurpose purpose, PlaintextAnswer plaintext, IReadOnlyList<TlsHandshake> handshakes) =>
        new(port, purpose, NetworkRoute.PodNetwork, plaintext, handshakes, [.. TlsProber.WeakFamilies.Select(family => new WeakSuiteOffer(family, Refuse(TlsVersion.Tls12)))]);

    private static V1Service Service(string name, string address, params (string Key, string Value)[] selector) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Annotations = new Dictionary<string, string>() },
        Spec = new V1ServiceSpec
        {
            Type = "ClusterIP",
            ClusterIP = address,
            Selector = selector.Append(("component", "server")).ToDictionary(pair => pair.Item1, pair => pair.Item2),
            Ports = [new V1ServicePort { Name = "https", Port = 8200, TargetPort = 8200 }, new V1ServicePort { Name = "https-internal", Port = 8201, TargetPort = 8201 }],
        },
    };

    private static string[] Chain(ServerCertificate certificate)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate.CertificateChain);
        string[] texts = [.. chain.Select(link => Convert.ToBase64String(link.RawData))];
        foreach (var link in chain)
        {
            link.Dispose();
        }

        return texts;
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
