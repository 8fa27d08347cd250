using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on which servers get requests has to notice.</summary>
internal static class EligibilityMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Release("HA-5", "a Service that leads to sealed servers", "sealed servers too (publishNotReadyAddresses): vault", release => Client(release).Spec.PublishNotReadyAddresses = true),
        Release("HA-5", "the old word for it", "sealed servers too", release => Client(release).Metadata.Annotations = new Dictionary<string, string> { ["service.alpha.kubernetes.io/tolerate-unready-endpoints"] = "true" }),
        Label("a sealed server by its label", "label vault-sealed", "vault-sealed", "true"),
        Label("an active server that lost its label", "Service 'vault-active' should lead to the active server, and leads to none.", "vault-active", "false"),
        Release("HA-5", "two active servers by their labels", "leads to vault-0, vault-1", release => release.First.Admitted.Metadata.Labels["vault-active"] = "true"),
        Pod("HA-5", "a server without such labels", "leads to none", pod => pod.Admitted.Metadata.Labels.Remove("vault-active")),
        Ready("no readiness probe", "Without a readiness probe", null),
        Ready("a port that is open", "a sealed server counts as ready", new V1Probe { TcpSocket = new V1TCPSocketAction { Port = "8200" } }),
        Ready("standbys that never become ready", "a standby never becomes ready", Get("?uninitcode=204")),
        Ready("sealed servers that are ready", "a sealed server counts as ready", Get("?standbyok=true&sealedcode=204")),
        Ready("standbys that are ready", "", Get("?standbyok=true"), Outcome.Passed),
        Ready("standbys that are ready by their code", "", Get("?standbycode=399"), Outcome.Passed),
        Ready("a code that is just no success", "a standby never becomes ready", Get("?standbycode=400")),
        Ready("another path", "is not known", new V1Probe { HttpGet = new V1HTTPGetAction { Path = "/", Port = "8200" } }, Outcome.Inconclusive),
        Ready("a script around the command", "is not known", new V1Probe { Exec = new V1ExecAction { Command = ["/bin/sh", "-c", "vault status || true"] } }, Outcome.Inconclusive),
        Live("a liveness probe that ends sealed servers", "sealed, not yet initialised", Get("?standbyok=true")),
        Live("a liveness probe that ends standbys", "that are standby", Get("?sealedcode=204&uninitcode=204")),
        Live("a liveness probe that every state passes", "", Get("?standbyok=true&sealedcode=204&uninitcode=204"), Outcome.Passed),
        Live("a liveness probe that asks for an open port", "", new V1Probe { TcpSocket = new V1TCPSocketAction { Port = "8200" } }, Outcome.Passed),
        Live("a liveness probe with a code that is no number", "is not known", Get("?standbyok&sealedcode=x&uninitcode=204"), Outcome.Inconclusive),
    ];

    private static V1Service Client(ReleaseEvidence release) => release.Services.First(service => service.Metadata.Name == "vault");

    private static V1Probe Get(string query) => new() { HttpGet = new V1HTTPGetAction { Path = $"/v1/sys/health{query}", Port = "8200", Scheme = "HTTPS" } };

    private static Mutation Label(string deviation, string reason, string key, string value, Outcome outcome = Outcome.Failed) =>
        Pod("HA-5", deviation, reason, pod => pod.Admitted.Metadata.Labels[key] = value, outcome);

    private static Mutation Ready(string deviation, string reason, V1Probe? probe, Outcome outcome = Outcome.Failed) =>
        Pod("HA-5", deviation, reason, pod => pod.Container.ReadinessProbe = probe, outcome);

    private static Mutation Live(string deviation, string reason, V1Probe probe, Outcome outcome = Outcome.Failed) =>
        Pod("HA-5", deviation, reason, pod => pod.Container.LivenessProbe = probe, outcome);
}
