using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.PodSecurity;

/// <summary>
/// A pod that violates nothing but <em>restricted</em>. The API server is asked by a dry run to create it: that shows what a namespace
/// enforces, by its labels or by a default of the cluster. The pod never exists.
/// </summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="home">The namespace.</param>
internal sealed partial class RefusedPod(IKubernetes client, string home)
{
    /// <summary>Asks what would keep the pod out.</summary>
    /// <param name="cancellationToken">Ends asking.</param>
    /// <returns>See <see cref="PodSecurityFacts.Enforced"/> and <see cref="PodSecurityFacts.Refusal"/>.</returns>
    public async Task<(string? Enforced, string? Refusal)> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.CreateNamespacedPodAsync(CreatePod(), home, dryRun: "All", cancellationToken: cancellationToken);
            return (PodSecurityFacts.Nothing, null);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            var reason = ApiFailure.DescribeReason(exception);
            return Violated.Match(reason) is { Success: true } match ? (match.Groups[1].Value, null) : (null, reason);
        }
    }

    // What a pod does not say, others may fill in before it is judged. This says what it violates.
    private static V1Pod CreatePod() => new()
    {
        Metadata = new V1ObjectMeta { Name = "vault-conformance-asks" },
        Spec = new V1PodSpec
        {
            AutomountServiceAccountToken = false,
            SecurityContext = new V1PodSecurityContext
            {
                RunAsNonRoot = true,
                SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            Containers =
            [
                new V1Container
                {
                    Name = "asks",
                    Image = "vault-conformance/asks",
                    SecurityContext = new V1SecurityContext
                    {
                        AllowPrivilegeEscalation = true,
                        Capabilities = new V1Capabilities { Drop = ["ALL"] },
                    },
                    Resources = new V1ResourceRequirements
                    {
                        Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("10m"), ["memory"] = new("16Mi") },
                        Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("1"), ["memory"] = new("64Mi") },
                    },
                },
            ],
        },
    };

    [GeneratedRegex("violates PodSecurity \"([a-z]+:[a-z0-9.]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Violated { get; }
}
