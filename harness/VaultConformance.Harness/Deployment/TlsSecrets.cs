using System.Net;
using System.Text;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Tls.Authority;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace VaultConformance.Harness.Deployment;

/// <summary>Makes the TLS Secrets that the values expect.</summary>
/// <param name="client">Client for the API server.</param>
/// <param name="releaseNamespace">Namespace of the release.</param>
/// <param name="runId">Id of the run.</param>
internal sealed class TlsSecrets(IKubernetes client, string releaseNamespace, string runId)
{
    /// <summary>Creates the Secrets. The standard keys of a TLS Secret are always there, besides those that the values name.</summary>
    internal async Task CreateAsync(IReadOnlyList<TlsSecretPlan> plans, ServerCertificate certificate, CancellationToken cancellationToken)
    {
        foreach (var plan in plans)
        {
            var data = new Dictionary<string, byte[]>();
            Put(data, plan.Certificates.Append("tls.crt"), certificate.CertificateChain);
            Put(data, plan.PrivateKeys.Append("tls.key"), certificate.PrivateKey);
            Put(data, plan.Authorities.Append("ca.crt"), certificate.Authority);
            var secret = new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = plan.Name, Labels = new Dictionary<string, string>(RunLabels.CreateFor(runId)) },
                Type = "kubernetes.io/tls",
                Data = data,
            };
            await CreateAsync(secret, cancellationToken);
        }
    }

    private async Task CreateAsync(V1Secret secret, CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.CreateNamespacedSecretAsync(secret, releaseNamespace, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Secret '{secret.Metadata.Name}' is there already. The values name it for the server's TLS, and the run makes it, with a "
                    + "certificate from its own CA. Leave it out of --prepare.",
                exception);
        }
    }

    private static void Put(Dictionary<string, byte[]> data, IEnumerable<string> keys, string text)
    {
        foreach (var key in keys)
        {
            data.TryAdd(key, Encoding.UTF8.GetBytes(text));
        }
    }
}
