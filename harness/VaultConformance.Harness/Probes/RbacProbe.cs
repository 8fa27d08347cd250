using System.Net;
using k8s.Autorest;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Rights;

namespace VaultConformance.Harness.Probes;

/// <summary>
/// Takes what the servers' ServiceAccounts may do: by asking the API server in their name, or, where the credentials may not impersonate
/// them, by reading what is bound to them.
/// </summary>
/// <param name="context">The live system.</param>
internal sealed class RbacProbe(ProbeContext context) : IProbe<RbacFacts>
{
    /// <inheritdoc />
    public ObservationKind<RbacFacts> Kind => ObservationKinds.Rbac;

    /// <inheritdoc />
    public async Task<RbacFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var objects = await context.ObserveObjectsAsync(cancellationToken);
        IReadOnlyList<string> accounts =
        [
            .. objects.ServerPods.Select(pod => pod.Spec.ServiceAccountName).Where(name => !string.IsNullOrEmpty(name))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        try
        {
            return await TryReviewAsync(accounts, cancellationToken)
                ?? new RbacFacts(
                    RbacFacts.Bindings,
                    context.Namespace,
                    await new BoundRights(context.Client, context.Namespace).ReadAsync(accounts, cancellationToken));
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"What the servers' ServiceAccount may do could not be determined: {ApiFailure.DescribeReason(exception)}. The credentials "
                + "need 'impersonate' on service accounts, or 'list' on roles, cluster roles and their bindings.",
                exception);
        }
    }

    private async Task<RbacFacts?> TryReviewAsync(IReadOnlyList<string> accounts, CancellationToken cancellationToken)
    {
        try
        {
            var reviews = new RightsReview(context.Client, context.Namespace);
            return new RbacFacts(RbacFacts.Review, context.Namespace, await reviews.ReadAsync(accounts, cancellationToken));
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }
}
