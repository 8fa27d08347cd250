using VaultConformance.Harness.Observations;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Cluster;

/// <summary>Tries server-side apply of a Service without effect (dry run): the kind on which old API servers fail.</summary>
internal sealed class ServerSideApplyCheck(IKubernetes client)
{
    private const string Namespace = "default";
    private const string Name = "vaultconformance-dry-run";
    private const string FieldManager = "vaultconformance";

    /// <summary>What happened; null when it was not allowed to try.</summary>
    public async Task<Capability?> TryAsync(CancellationToken cancellationToken)
    {
        var service = new V1Service
        {
            ApiVersion = "v1",
            Kind = "Service",
            Metadata = new V1ObjectMeta { Name = Name },
            Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Name = "https", Port = 8200, Protocol = "TCP" }] },
        };
        try
        {
            await client.CoreV1.PatchNamespacedServiceAsync(
                new V1Patch(KubernetesJson.Serialize(service), V1Patch.PatchType.ApplyPatch),
                Name,
                Namespace,
                dryRun: "All",
                fieldManager: FieldManager,
                cancellationToken: cancellationToken);
            return new Capability(true, "a dry run with a Service succeeded");
        }
        catch (HttpOperationException exception) when (exception.Response is { } response)
        {
            return (int)response.StatusCode is 401 or 403
                ? null
                : new Capability(false, $"a dry run with a Service failed with status {(int)response.StatusCode}");
        }
    }
}
