using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.Objects;

/// <summary>What the release brings beside the servers: components, and webhooks through which they change other pods.</summary>
internal static class Footprint
{
    private const string Webhooks = "admission webhooks that the profile does not declare";

    /// <summary>Judges the components and the webhooks.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="parameters">Parameters of the profile.</param>
    public static IEnumerable<Judgement> Judge(AdmittedObjects objects, ProfileParameters parameters)
    {
        yield return Judgement.None(
                "components of the release that the profile does not declare",
                Tenants.ListUndeclared(objects, parameters.DeclaredWorkloads).Where(tenant => tenant.OfRelease)
                    .Select(tenant => tenant.Subject))
            .Saying(found => $"The release brings more than servers, and the profile does not declare it (declaredWorkloads): {found}.");
        if (objects.Webhooks is not { } webhooks)
        {
            yield return Judgement.Unknown(Webhooks, "none", "the webhooks of the cluster were not recorded, or could not be listed");
            yield break;
        }

        yield return Judgement.None(
                Webhooks,
                webhooks.Select(webhook => webhook.Configuration).Distinct().Except(parameters.DeclaredWorkloads, StringComparer.Ordinal))
            .Saying(found => $"The API server asks a Service of this namespace about other objects, and the profile does not declare it "
                + $"(declaredWorkloads): {found}.");
        foreach (var webhook in webhooks)
        {
            yield return Judgement.Of(
                    $"namespaces that webhook {webhook.Name} is called for",
                    webhook.LimitsNamespaces,
                    "some",
                    (webhook.LimitsNamespaces ? "some" : "all") + $" (failurePolicy {webhook.FailurePolicy ?? "not recorded"})")
                .Saying($"Webhook '{webhook.Name}' is called for pods of every namespace, because it has no namespaceSelector.");
        }
    }
}
