using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Evidence that is not whole or contradicts itself: what was not enumerated is unknown, and never "none".</summary>
internal static class RecordedWholeMutations
{
    public static IReadOnlyList<Mutation> All => [.. Sockets, .. Offers, .. Objects, .. Pods];

    private static IReadOnlyList<Mutation> Sockets =>
    [
        Pod("TLS-1", "no socket although ports answer", "port 8200, 8201 answered and is not among them", pod => pod.Sockets = new ListeningSockets([]), Outcome.Inconclusive, null, "TLS-6"),
        Pod("TLS-1", "the socket of one port is missing", "port 8201 answered and is not among them", pod =>
            pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets.Where(socket => socket.Port != 8201)]), Outcome.Inconclusive, null, "TLS-6"),
        Pod("TLS-1", "sockets on the loopback interface only, although ports answer", "answered and is not among them", pod =>
            pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets.Where(socket => socket.LoopbackOnly)]), Outcome.Inconclusive, null, "TLS-6"),
        Pod("TLS-1", "the API port listens on the loopback interface, although it answers from outside", "port 8200 answered", pod =>
            pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets.Select(socket => socket.Port == 8200 ? socket with { Address = "127.0.0.1" } : socket)]), Outcome.Inconclusive, null, "TLS-6"),
        Release("TLS-6", "listeners that could not be observed accuse nobody", "it is not known what every pod serves", release => (release.First.Listeners, release.Second.Listeners, release.Third.Listeners) = (null, null, null), Outcome.Inconclusive, null, "TLS-1", "TLS-2", "TLS-3", "TLS-4", "TLS-5", "TLS-7"),
        Pod("TLS-6", "listeners without a port", "none of the ports that were checked is Vault's API", pod => pod.Listeners = pod.Listeners! with { Endpoints = [] }, Outcome.Inconclusive, null, "TLS-1", "TLS-2", "TLS-3", "TLS-4", "TLS-5", "TLS-7"),
    ];

    private static IReadOnlyList<Mutation> Offers =>
    [
        Prober("prober that was proved for new versions only", "SSL 3.0, TLS 1.0, TLS 1.1 (no SSL3 here)", proof => proof with { Proven = [TlsVersion.Tls12, TlsVersion.Tls13], Problems = ["no SSL3 here"] }),
        Prober("prober that was not proved for one old version", "able to offer: TLS 1.1", proof => proof with { Proven = [.. proof.Proven.Where(version => version != TlsVersion.Tls11)] }),
        Prober("prober that was not proved at all", "SSL 3.0, TLS 1.0, TLS 1.1, TLS 1.2, TLS 1.3", proof => proof with { Proven = [] }),
        Pod("TLS-2", "API port recorded as another", "none of the ports that were checked is Vault's API", pod =>
            pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with { Purpose = PortPurpose.Other }), Outcome.Inconclusive, null, "TLS-1", "TLS-3", "TLS-4", "TLS-5", "TLS-6"),
        Pod("TLS-2", "refusal of an offer that was not whole", "TLS 1.0 on port 8200", pod => Refused(pod, new OfferScope(300, false, [""])), Outcome.Inconclusive),
        Pod("TLS-2", "refusal of an offer of one suite", "TLS 1.0 on port 8200", pod => Refused(pod, new OfferScope(1, true, [""])), Outcome.Inconclusive),
        Pod("TLS-2", "refusal of a whole offer", "", pod => Refused(pod, new OfferScope(300, true, [""])), Outcome.Passed),
        Chosen("weak suite that was chosen", "suite that port 8200 chose in TLS 1.2: TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA", Outcome.Failed, Requirement.Should),
        Chosen("suite that protects nothing was chosen", "TLS_RSA_WITH_NULL_SHA256 (NULL)", "TLS_RSA_WITH_NULL_SHA256", Outcome.Failed, null),
        Chosen("anonymous suite was chosen", "(anonymous)", "TLS_DH_anon_WITH_AES_128_GCM_SHA256", Outcome.Failed, null),
        Chosen("suite that was chosen not recorded", "it was not recorded", null, Outcome.Inconclusive, Requirement.Should),
        Chosen("good suite was chosen", "", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", Outcome.Passed, null),
    ];

    private static IReadOnlyList<Mutation> Objects =>
    [
        Facts("ID-6", "ReplicaSets not read", "kinds of workloads that were not read: ReplicaSets", facts => facts with { ReplicaSets = null }, "FS-5", "FS-6", "K8S-1", "K8S-5"),
        Facts("ID-6", "Jobs not read", "Jobs", facts => facts with { Jobs = null }, "FS-5", "FS-6", "K8S-1", "K8S-5"),
        Facts("ID-6", "CronJobs not read", "CronJobs", facts => facts with { CronJobs = null }, "FS-5", "FS-6", "K8S-1", "K8S-5"),
        Facts("TLS-6", "kinds that could not be read not recorded", "not recorded", facts => facts with { UnreadKinds = null }, "TLS-7"),
        Facts("TLS-6", "kind that could not be read", "tcproutes: forbidden", facts => facts with { UnreadKinds = ["tcproutes: forbidden"] }, "TLS-7"),
        Facts("FS-5", "ConfigMap of the pod not read", "ConfigMap vault-config", facts => facts with { ConfigMaps = [] }),
        Facts("FS-5", "Secret of the pod not read", "Secret vault-tls", facts => facts with { Secrets = [] }, "TLS-5"),
        Pod("FS-5", "variables from a ConfigMap that was not read", "ConfigMap settings", pod =>
            pod.Container.EnvFrom = [new V1EnvFromSource { ConfigMapRef = new V1ConfigMapEnvSource { Name = "settings" } }], Outcome.Inconclusive),
        Pod("FS-5", "variables from a ConfigMap that need not be there", "", pod =>
            pod.Container.EnvFrom = [new V1EnvFromSource { ConfigMapRef = new V1ConfigMapEnvSource { Name = "settings", Optional = true } }], Outcome.Passed),
        Pod("FS-5", "one variable from a ConfigMap that was not read", "ConfigMap settings", pod => pod.Container.Env.Add(new V1EnvVar
        {
            Name = "X", ValueFrom = new V1EnvVarSource { ConfigMapKeyRef = new V1ConfigMapKeySelector { Name = "settings", Key = "x" } },
        }), Outcome.Inconclusive),
        Pod("FS-5", "projected ConfigMap that was not read", "ConfigMap more", pod => pod.Admitted.Spec.Volumes.Add(new V1Volume
        {
            Name = "more", Projected = new V1ProjectedVolumeSource { Sources = [new V1VolumeProjection { ConfigMap = new V1ConfigMapProjection { Name = "more" } }] },
        }), Outcome.Inconclusive),
    ];

    private static IReadOnlyList<Mutation> Pods =>
    [
        Pod("FS-2", "written where a way leads up again", "also /vault/data/../../etc", pod => pod.WriteAttempts = new WriteAttempts(
            [.. pod.WriteAttempts!.Attempts, new WriteAttempt("/vault/data/../../etc", WriteResult.Written, "")])),
        Pod("FS-2", "written below the data", "", pod => pod.WriteAttempts = new WriteAttempts(
            [.. pod.WriteAttempts!.Attempts, new WriteAttempt("/vault/data/..raft", WriteResult.Written, "")]), Outcome.Passed),
        Pod("FS-3", "another program runs than was checked", "/bin/vault was checked, which is not what runs", pod => pod.ChangeVault(vault => vault with { Executable = "/tmp/vault" }), Outcome.Inconclusive),
        Pod("FS-3", "the program that runs was replaced", "/bin/vault was checked, which is not what runs", pod => pod.ChangeVault(vault => vault with { Executable = "/bin/vault (deleted)" }), Outcome.Inconclusive),
        Pod("FS-3", "second server from elsewhere", "/bin/vault was checked, which is not what runs", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(20, 7, "vault", ["vault", "server", $"-config={CompliantPod.ConfigPath}"]) with { Executable = "/tmp/vault" }],
        }, Outcome.Inconclusive, null, "PROC-5"),
    ];

    private static Mutation Prober(string deviation, string reason, Func<ProberProof, ProberProof> change) =>
        Pod("TLS-2", deviation, reason, pod => pod.Listeners = pod.Listeners! with { Prober = change(pod.Listeners.Prober) }, Outcome.Inconclusive);

    private static void Refused(PodEvidence pod, OfferScope scope) => pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls10, handshake => handshake with
    {
        Alert = "handshake_failure(40)", Detail = "The server sent the alert handshake_failure(40).", Scope = scope,
    });

    private static Mutation Chosen(string deviation, string reason, string? suite, Outcome outcome, Requirement? level) =>
        Pod("TLS-2", deviation, reason, pod => pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls12, handshake => handshake with { CipherSuite = suite }), outcome, level);

    private static Mutation Facts(string control, string deviation, string reason, Func<AdmittedObjects, AdmittedObjects> change, params string[] also) =>
        Release(control, deviation, reason, release => release.Admission = change, Outcome.Inconclusive, null, also);
}
