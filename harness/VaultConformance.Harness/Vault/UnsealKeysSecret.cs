using System.Net;
using System.Text;
using k8s;
using k8s.Autorest;

namespace VaultConformance.Harness.Vault;

/// <summary>Reads the Secret that a user named for the keys of a release.</summary>
/// <param name="client">Client for the API server.</param>
/// <param name="releaseNamespace">Namespace of the release; no other one is looked into.</param>
internal sealed class UnsealKeysSecret(IKubernetes client, string releaseNamespace)
{
    /// <summary>Reads it.</summary>
    /// <param name="name">Name of the Secret.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The keys; null while the Secret does not exist.</returns>
    /// <exception cref="HarnessException">It holds no keys.</exception>
    internal async Task<UnsealKeys?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await client.CoreV1.ReadNamespacedSecretAsync(name, releaseNamespace, cancellationToken: cancellationToken);
            var entries = (secret.Data ?? new Dictionary<string, byte[]>())
                .ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(entry.Value));
            return UnsealKeys.Read(name, entries);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
