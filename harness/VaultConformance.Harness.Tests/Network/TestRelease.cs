using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Authority;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Network;

/// <summary>The objects of a small release, as far as connections are concerned.</summary>
internal static class TestRelease
{
    private static readonly Dictionary<string, string> Labels = new() { ["app.kubernetes.io/name"] = "vault", ["component"] = "server" };

    public static V1Pod Pod(int ordinal, bool ready = true, bool active = false, string address = "10.42.0.") => new()
    {
        Metadata = new V1ObjectMeta { Name = $"vault-{ordinal}", Labels = new Dictionary<string, string>(Labels) { ["vault-active"] = active ? "true" : "false" } },
        Spec = new V1PodSpec
        {
            Containers =
            [
                new V1Container
                {
                    Name = "vault",
                    Ports = [new V1ContainerPort { Name = "https", ContainerPort = 8200 }, new V1ContainerPort { Name = "https-internal", ContainerPort = 8201 }],
                },
            ],
        },
        Status = new V1PodStatus
        {
            PodIP = address.EndsWith('.') ? $"{address}{ordinal}" : address,
            HostIP = "192.168.1.5",
            Conditions = [new V1PodCondition { Type = "Ready", Status = ready ? "True" : "False" }],
            ContainerStatuses = [new V1ContainerStatus { Name = "vault", RestartCount = 2 }],
        },
    };

    public static V1Service Service(string name, string clusterIp, Action<V1ServiceSpec>? change = null, params (string Key, string Value)[] selector)
    {
        var spec = new V1ServiceSpec
        {
            Type = "ClusterIP",
            ClusterIP = clusterIp,
            Selector = Labels.Concat(selector.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))).ToDictionary(),
            Ports = [new V1ServicePort { Name = "https", Port = 8200, Protocol = "TCP", TargetPort = 8200 }],
        };
        change?.Invoke(spec);
        return new V1Service { Metadata = new V1ObjectMeta { Name = name }, Spec = spec };
    }

    public static AdmittedObjects Objects(IReadOnlyList<V1Pod> pods, params V1Service[] services) =>
        new(null, pods, [], [], [], services, [], [], [], [], [], [], []);

    public static ProcessTable Processes(int pid, long startTime)
    {
        var none = new ProcessLimits(ResourceLimit.Zero, ResourceLimit.Zero);
        return new ProcessTable([Process(1, 0, "sh", ["/bin/sh"], 1), Process(pid, 1, "vault", ["vault", "server"], startTime)], none);
    }

    public static ListenerFacts Listeners(ServerCertificate certificate)
    {
        using var leaf = X509Certificate2.CreateFromPem(certificate.CertificateChain);
        var handshake = new TlsHandshake(
            TlsVersion.Tls13, HandshakeOutcome.Negotiated, "TLS_AES_128_GCM_SHA256", null, "made up", [Convert.ToBase64String(leaf.RawData)]);
        var endpoint = new ListenerEndpoint(
            8200, PortPurpose.Api, NetworkRoute.PodNetwork, new PlaintextAnswer(PlaintextAnswerKind.HttpsExpected, 400, string.Empty), [handshake], []);
        return new ListenerFacts(DateTimeOffset.UnixEpoch, new ProberProof([], []), [endpoint]);
    }

    private static ProcessFacts Process(int pid, int parent, string name, IReadOnlyList<string> commandLine, long startTime) => new(
        pid,
        parent,
        name,
        commandLine,
        "S",
        startTime,
        [],
        [],
        [],
        null,
        new CapabilityMasks(0, 0, 0, 0, 0),
        new SignalMasks(0, 0, 0),
        new ProcessMemory(null, null, null),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
}
