using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Rights;

namespace VaultConformance.Harness.Probes;

/// <summary>
/// Takes who may do what in the namespace of the release: every role that is bound for the whole cluster or for the namespace.
/// </summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="home">The namespace.</param>
internal sealed class AccessProbe(IKubernetes client, string home) : IProbe<AccessFacts>
{
    /// <summary>Looks at the cluster of a live system.</summary>
    /// <param name="context">The live system.</param>
    [ActivatorUtilitiesConstructor]
    public AccessProbe(ProbeContext context)
        : this(context.Client, context.Namespace)
    {
    }

    /// <inheritdoc />
    public ObservationKind<AccessFacts> Kind => ObservationKinds.Access;

    /// <inheritdoc />
    public async Task<AccessFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        try
        {
            return new AccessFacts(
                await ListAsync(cancellationToken), await new RightsReview(client, home).FindGapAsync(cancellationToken));
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"Who may do what in the namespace could not be determined: {ApiFailure.DescribeReason(exception)}. The credentials need "
                + "'list' on roles, cluster roles and their bindings.",
                exception);
        }
    }

    private async Task<IReadOnlyList<AccessGrant>> ListAsync(CancellationToken cancellationToken)
    {
        var api = client.RbacAuthorizationV1;
        var clusterRoles = (await api.ListClusterRoleAsync(cancellationToken: cancellationToken)).Items
            .ToDictionary(role => role.Metadata.Name, role => role.Rules);
        var roles = (await api.ListNamespacedRoleAsync(home, cancellationToken: cancellationToken)).Items
            .ToDictionary(role => role.Metadata.Name, role => role.Rules);
        var everywhere = await api.ListClusterRoleBindingAsync(cancellationToken: cancellationToken);
        var here = await api.ListNamespacedRoleBindingAsync(home, cancellationToken: cancellationToken);
        return
        [
            .. everywhere.Items.SelectMany(binding => Read(
                $"clusterrolebinding/{binding.Metadata.Name}", binding.Subjects, clusterRoles.GetValueOrDefault(binding.RoleRef.Name))),
            .. here.Items.SelectMany(binding => Read(
                $"rolebinding/{binding.Metadata.Name}", binding.Subjects,
                (binding.RoleRef.Kind == V1ClusterRole.KubeKind ? clusterRoles : roles).GetValueOrDefault(binding.RoleRef.Name))),
        ];
    }

    private IEnumerable<AccessGrant> Read(string binding, IList<Rbacv1Subject>? subjects, IList<V1PolicyRule>? rules) =>
        (subjects ?? []).Select(subject => new AccessGrant(Describe(subject), binding, BoundRights.Read(rules)));

    private string Describe(Rbacv1Subject subject) => subject.Kind == V1ServiceAccount.KubeKind
        ? $"{subject.Kind}/{subject.NamespaceProperty ?? home}/{subject.Name}"
        : $"{subject.Kind}/{subject.Name}";
}
