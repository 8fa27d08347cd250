using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on what a release brings, and from where, has to notice.</summary>
internal static class FootprintMutations
{
    private const string Injector = "mutatingwebhookconfiguration/vault-agent-injector-cfg";

    public static IEnumerable<Mutation> All =>
    [
        Image("a tag", "hashicorp/vault:2.0.4", "images have no digest: hashicorp/vault:2.0.4"),
        Image("no tag at all", "hashicorp/vault", "images have no digest: hashicorp/vault"),
        Image("a digest that is too short", $"hashicorp/vault@sha256:{new string('a', 63)}", "images have no digest"),
        Image("a digest of another kind", $"hashicorp/vault:2.0.4@sha512:{new string('a', 128)}", "", Outcome.Passed),
        Release("K8S-5", "an image that was not recorded", "not recorded: vault-1/vault", release => release.Admission = objects =>
        {
            release.FillsImages = false;
            release.First.Container.Image = PinnedImages.Pinned;
            release.Second.Container.Image = null;
            return objects;
        }, Outcome.Inconclusive),
        StandIn("the stand-in that was chosen for the run", "", "hashicorp/vault:2.0.4", true, Outcome.Passed),
        StandIn("an image beside the stand-in that was chosen for the run", "hashicorp/vault:2.0.4", "other:1", true),
        StandIn("an image that was chosen for a run with Vault itself", "hashicorp/vault:2.0.4", "hashicorp/vault:2.0.4", false),
        Registry("a registry that is allowed", "docker.io/hashicorp", "", Outcome.Passed),
        Registry("a registry that is not allowed", "registry.example.com", "registries that the profile does not allow: hashicorp/vault:2.0.4@sha256:"),
        Registry("a registry whose name only begins so", "docker.io/hashi", "registries that the profile does not allow"),
        Release("K8S-5", "a component that is not declared", "does not declare it (declaredWorkloads): pod/helper", release =>
        {
            release.DeclaresOthers = false;
            release.OtherPods.Add(TenancyMutations.Other("helper", "vault"));
        }),
        Release("K8S-5", "a component that is declared", "", release => release.OtherPods.Add(TenancyMutations.Other("helper", "vault")), Outcome.Passed),
        Release("K8S-5", "the image that the injector gives to others", "hashicorp/vault:2.0.4", release =>
        {
            var pod = TenancyMutations.Other("helper", "vault");
            pod.Spec.Containers[0].Env = [new V1EnvVar { Name = "AGENT_INJECT_VAULT_IMAGE", Value = "hashicorp/vault:2.0.4" }];
            release.OtherPods.Add(pod);
        }),
        Webhook("a webhook that is not declared", Injector, true, declares: false),
        Webhook("a webhook for all namespaces", "because it has no namespaceSelector", false),
        Webhook("a declared webhook for some namespaces", "", true, Outcome.Passed),
        Release("K8S-5", "the webhooks were not recorded", "were not recorded", release => release.Webhooks = null, Outcome.Inconclusive),
    ];

    private static Mutation Image(string deviation, string image, string reason, Outcome outcome = Outcome.Failed) =>
        Pod("K8S-5", deviation, reason, pod => pod.Container.Image = image, outcome);

    private static Mutation StandIn(string deviation, string reason, string chosen, bool standIn, Outcome outcome = Outcome.Failed) => Release("K8S-5", deviation, reason, release =>
    {
        release.Second.Container.Image = "hashicorp/vault:2.0.4";
        release.Facts = new ReleaseFacts(
            "vault", "vault", 1, "vault", "0.34.1", "2.0.4", "chart", "ab", "v4", [], "{}", [$"server.image: '{chosen}' was chosen for this run."], [], chosen, standIn, "client", null);
    }, outcome);

    private static Mutation Registry(string deviation, string registry, string reason, Outcome outcome = Outcome.Failed) => Release(
        "K8S-5", deviation, reason, release => release.Profile = profile => Allow(profile, registry), outcome);

    private static Profile Allow(Profile profile, string registry) => profile with { Parameters = profile.Parameters with { ImageRegistries = [registry] } };

    private static Mutation Webhook(string deviation, string reason, bool limits, Outcome outcome = Outcome.Failed, bool declares = true) => Release("K8S-5", deviation, reason, release =>
    {
        release.DeclaresOthers = declares;
        release.Webhooks = [new WebhookFacts(Injector, "vault.hashicorp.com", "vault-agent-injector-svc", "Ignore", limits)];
    }, outcome);
}
