using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on the servers' ServiceAccount and its tokens has to notice.</summary>
internal static class AccountMutations
{
    private const string TokenType = "kubernetes.io/service-account-token";

    public static IEnumerable<Mutation> All =>
    [
        Pod("K8S-3", "the account that every pod gets", "default", pod => pod.Admitted.Spec.ServiceAccountName = "default", also: "K8S-4"),
        Pod("K8S-3", "no account was recorded", "does not say it", pod => pod.Admitted.Spec.ServiceAccountName = null, Outcome.Inconclusive, also: "K8S-4"),
        Release("K8S-3", "a Secret with a token of the servers", "vault-token", release => release.Secrets.Add(Token("vault-token", "vault"))),
        Release("K8S-3", "a Secret with a token of somebody else", "", release => release.Secrets.Add(Token("ci-token", "ci")), Outcome.Passed),
        Release(
            "K8S-3", "a Secret with a token, and nobody recorded whose", "was not recorded: old-token", release => release.Secrets.Add(Token("old-token", null)), Outcome.Inconclusive),
        Release("K8S-3", "a token from a Secret in a volume", "ci-token (volume token)", release => Mount(release, Volume(new V1SecretVolumeSource { SecretName = "ci-token" }))),
        Release("K8S-3", "a token from a Secret in a projected volume", "ci-token (volume token)", release => Mount(release, new V1Volume
        {
            Name = "token",
            Projected = new V1ProjectedVolumeSource { Sources = [new V1VolumeProjection { Secret = new V1SecretProjection { Name = "ci-token" } }] },
        })),
        Release("K8S-3", "a token from a Secret in a variable", "ci-token (vault/CI_TOKEN)", release =>
        {
            release.Secrets.Add(Token("ci-token", "ci"));
            release.Second.Container.Env = [.. release.Second.Container.Env, Variable("CI_TOKEN", "ci-token")];
        }, also: ["FS-5"]),
        Pod("K8S-3", "a token that is valid for a day", "", pod => Project(pod, 86400), Outcome.Passed),
        Pod("K8S-3", "a token that is valid for longer than a day", "86401 s", pod => Project(pod, 86401), level: Requirement.Should),
        Pod("K8S-3", "how long the token is valid was not recorded", "does not say it", pod => Project(pod, null), Outcome.Inconclusive),
        Release("K8S-3", "another pod with the servers' account", "ServiceAccount that the servers use: vault", release => AddOther(release, "vault"), level: Requirement.Should),
        Release("K8S-3", "another pod with the default account and without a token", "", release => AddOther(release, "default"), Outcome.Passed),
        Release(
            "K8S-3", "another pod with a token of the default account", "default",
            release => AddOther(release, "default").Spec.Volumes = [Projected(3607)], level: Requirement.Should),
    ];

    private static SecretFacts Token(string name, string? account) =>
        new(name, TokenType, ["ca.crt", "namespace", "token"], new Dictionary<string, string>(), false) { ServiceAccount = account };

    private static V1Volume Volume(V1SecretVolumeSource secret) => new() { Name = "token", Secret = secret };

    private static V1EnvVar Variable(string name, string secret) =>
        new() { Name = name, ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = secret, Key = "token" } } };

    private static void Mount(ReleaseEvidence release, V1Volume volume)
    {
        release.Secrets.Add(Token("ci-token", "ci"));
        release.Second.Admitted.Spec.Volumes.Add(volume);
    }

    private static void Project(PodEvidence pod, long? seconds) => pod.Admitted.Spec.Volumes.Add(Projected(seconds));

    private static V1Volume Projected(long? seconds) => new()
    {
        Name = "kube-api-access",
        Projected = new V1ProjectedVolumeSource
        {
            Sources = [new V1VolumeProjection { ServiceAccountToken = new V1ServiceAccountTokenProjection { Path = "token", ExpirationSeconds = seconds } }],
        },
    };

    private static V1Pod AddOther(ReleaseEvidence release, string account)
    {
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = "backup" },
            Spec = new V1PodSpec { ServiceAccountName = account, Containers = [new V1Container { Name = "backup", Image = PinnedImages.Pinned }] },
            Status = new V1PodStatus { Phase = "Succeeded" },
        };
        release.OtherPods.Add(pod);
        return pod;
    }
}
