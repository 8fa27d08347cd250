using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Ports of a pod: who owns them, and whether TLS was seen there at all.</summary>
internal static class SocketMutations
{
    public static IReadOnlyList<Mutation> All =>
    [
        Pod("TLS-6", "another user's process answers at the API port", "the socket belongs to UID 101, and the server runs as 100", pod => Change(pod, 8200, socket => socket with { Uid = 101 })),
        Pod("TLS-6", "another user's process answers at the cluster port", "owner of port 8201", pod => Change(pod, 8201, socket => socket with { Uid = 0 })),
        Pod("TLS-6", "another process of the same user answers", "no process of the server container has this socket", pod => Change(pod, 8200, socket => socket with { Inode = 7 })),
        Pod("TLS-6", "a process beside the server has its socket", "envoy (PID 9)", pod =>
        {
            Change(pod, 8200, socket => socket with { Inode = 7 });
            pod.Processes = pod.Processes! with { Processes = [.. pod.Processes.Processes, CompliantPod.Process(9, 1, "envoy", ["envoy"]) with { SocketInodes = [7] }] };
        }, also: ["PROC-5"]),
        Pod("TLS-6", "open files of a process cannot be read, and nothing else runs in the pod", "", pod =>
        {
            Change(pod, 8200, socket => socket with { Inode = 7 });
            pod.ChangeVault(process => process with { SocketInodes = null });
        }, Outcome.Passed),
        Pod("TLS-6", "open files of a process cannot be read, and a container beside the server", "the server is not alone in the pod", pod =>
        {
            pod.ChangeVault(process => process with { SocketInodes = null });
            Beside(pod, []);
        }, Outcome.Inconclusive, also: ["PROC-5"]),
        Pod("TLS-6", "owner not recorded, and nothing else runs in the pod", "", pod => Change(pod, 8200, socket => socket with { Inode = null }), Outcome.Passed),
        Pod("TLS-6", "owner not recorded, and a container beside the server", "the server is not alone in the pod", pod =>
        {
            Change(pod, 8200, socket => socket with { Inode = null });
            Beside(pod, []);
        }, Outcome.Inconclusive, also: ["PROC-5"]),
        Pod("TLS-6", "a container beside the server ends TLS", "'envoy'", pod =>
        {
            Change(pod, 8200, socket => socket with { Inode = 7 });
            Beside(pod, [7]);
        }, also: ["PROC-5"]),
        Pod("TLS-6", "a container beside the server listens elsewhere", "whether it leads to Vault is not known", pod =>
        {
            Beside(pod, [7]);
            Listen(pod);
        }, Outcome.Inconclusive, also: ["PROC-5", "TLS-1", "TLS-2"]),
        Pod("TLS-6", "the configuration has no listener at the API port", "the configuration has 127.0.0.1:8202", pod => pod.ChangeListener("address", "127.0.0.1:8202"), also: ["TLS-1", "TLS-2", "TLS-5"]),
        Pod("TLS-6", "the configuration has it on the loopback interface only", "something else answers there", pod => pod.ChangeListener("address", "127.0.0.1:8200"), also: ["TLS-1", "TLS-2", "TLS-5"]),
        Pod("TLS-6", "the configuration is not known", "", pod =>
            pod.VaultState = pod.VaultState! with { SanitizedConfig = null, SanitizedConfigProblem = "sealed" }, Outcome.Inconclusive, also: ["FS-4", "MEM-2", "TLS-1", "TLS-2", "API-6", "API-7", "API-8"]),

        Pod("TLS-1", "IPv4 loopback within IPv6", "", pod =>
            pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets, new ListeningSocket("::ffff:127.0.0.1", 9999, 100, CompliantTransport.Inodes[2])]), Outcome.Passed),
        Pod("TLS-1", "a port that closes on everything", "TLS on port 9999: no TLS was seen there", pod =>
        {
            Listen(pod);
            pod.ChangeVault(process => process with { SocketInodes = [.. process.SocketInodes!, 7] });
        }, Outcome.Inconclusive, also: ["TLS-2"]),
        Pod("TLS-1", "an API port that closes on everything", "TLS on port 8200: no TLS was seen there", pod => pod.ChangeEndpoint(PortPurpose.Api, Closed), Outcome.Inconclusive, also: ["TLS-2", "TLS-3", "TLS-4", "TLS-5"]),
        Pod("TLS-1", "a cluster port that closes on everything", "TLS on port 8201: no TLS was seen there", pod => pod.ChangeEndpoint(PortPurpose.Cluster, Closed), Outcome.Inconclusive, also: ["TLS-2", "TLS-7"]),
        Pod("TLS-1", "the probe ran out of time", "the probe ran out of time: busy", pod =>
            pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with { Plaintext = new PlaintextAnswer(PlaintextAnswerKind.OutOfTime, null, "busy") }), Outcome.Inconclusive),
        Pod("TLS-1", "ports of the node in the network of the host", "", pod =>
        {
            pod.Admitted.Spec.HostNetwork = true;
            pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets, new ListeningSocket("::", 10250, 0, 7)]);
        }, Outcome.Passed, also: ["ID-6"]),
        Pod("TLS-1", "ports in the network of the host whose owners are not known", "10250", pod =>
        {
            pod.Admitted.Spec.HostNetwork = true;
            pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets, new ListeningSocket("::", 10250, 0)]);
        }, Outcome.Inconclusive, also: ["ID-6", "TLS-6"]),
    ];

    private static void Change(PodEvidence pod, int port, Func<ListeningSocket, ListeningSocket> change) =>
        pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets.Select(socket => socket.Port == port ? change(socket) : socket)]);

    private static void Beside(PodEvidence pod, IReadOnlyList<long> inodes)
    {
        pod.Admitted.Spec.Containers.Add(new V1Container { Name = "envoy", SecurityContext = pod.Container.SecurityContext, Resources = pod.Container.Resources });
        pod.Sidecars["envoy"] = new ProcessTable([CompliantPod.Process(1, 0, "envoy", ["envoy"]) with { SocketInodes = inodes }], CompliantPod.Limits());
    }

    private static void Listen(PodEvidence pod)
    {
        pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets, new ListeningSocket("0.0.0.0", 9999, 100, 7)]);
        pod.Listeners = pod.Listeners! with { Endpoints = [.. pod.Listeners.Endpoints, Closed(pod.Listeners.Endpoints[0]) with { Port = 9999, Purpose = PortPurpose.Other }] };
    }

    private static ListenerEndpoint Closed(ListenerEndpoint endpoint) => endpoint with
    {
        Plaintext = new PlaintextAnswer(PlaintextAnswerKind.Refused, null, "closed without an answer"),
        Handshakes = [.. Enum.GetValues<TlsVersion>().Select(Close)],
        WeakSuites = [.. endpoint.WeakSuites.Select(offer => offer with { Handshake = Close(TlsVersion.Tls12) })],
    };

    private static TlsHandshake Close(TlsVersion version) =>
        new(version, HandshakeOutcome.RefusedByServer, null, null, "The server closed the connection.", [], null, new OfferScope(300, true, [""]));
}
