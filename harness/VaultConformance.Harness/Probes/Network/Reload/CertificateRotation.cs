using System.Text;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Objects;
using VaultConformance.Harness.Tls.Authority;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Network.Reload;

/// <summary>Replaces the certificate in the TLS Secrets that the harness made, once for all pods.</summary>
internal sealed class CertificateRotation
{
    private readonly ProbeContext _context;
    private readonly Func<ServerCertificate>? _issue;
    private readonly Lazy<Task<string>> _replaced;

    public CertificateRotation(ProbeContext context, Func<ServerCertificate>? issue)
    {
        (_context, _issue) = (context, issue);
        _replaced = new Lazy<Task<string>>(() => ReplaceOnceAsync(context.Lifetime));
    }

    /// <summary>
    /// Takes what the old certificate is still needed for, then puts the new one into the Secrets; all callers share one replacement.
    /// </summary>
    /// <returns>SHA-256 of the new leaf.</returns>
    /// <exception cref="ObservationUnavailableException">The certificate is not ours to replace.</exception>
    public Task<string> ReplaceAsync(CancellationToken cancellationToken) => _replaced.Value.WaitAsync(cancellationToken);

    private async Task<string> ReplaceOnceAsync(CancellationToken cancellationToken)
    {
        var trust = (await _context.Source().ObserveAsync(ObservationKinds.Trust, Subjects.Release, cancellationToken)).Require();
        if (_issue is null || trust.SecretNames.Count == 0)
        {
            throw new ObservationUnavailableException(
                ObservationKinds.CertificateReload.Name,
                Subjects.Release,
                new UnavailableReason(
                    UnavailableCause.NotSupported, "the harness did not make the certificate of this release, so it cannot replace it"));
        }

        await TakeWhatNeedsTheOldOneAsync(cancellationToken);
        var replacement = _issue();
        await Task.WhenAll(trust.SecretNames.Select(name => PatchAsync(name, replacement, cancellationToken)));
        return replacement.Fingerprint;
    }

    private async Task TakeWhatNeedsTheOldOneAsync(CancellationToken cancellationToken)
    {
        var source = _context.Source();
        var pods = (await _context.ObserveObjectsAsync(cancellationToken)).ServerPods.Select(pod => Subjects.FromPod(pod.Metadata.Name));
        await Task.WhenAll(
        [
            source.ObserveAsync(ObservationKinds.Paths, Subjects.Release, cancellationToken),
            .. pods.SelectMany(pod => new Task[]
            {
                source.ObserveAsync(ObservationKinds.Listeners, pod, cancellationToken),
                source.ObserveAsync(ObservationKinds.Files, pod, cancellationToken),
            }),
        ]);
    }

    private async Task PatchAsync(string name, ServerCertificate replacement, CancellationToken cancellationToken)
    {
        var secret = await _context.Client.CoreV1.ReadNamespacedSecretAsync(name, _context.Namespace, cancellationToken: cancellationToken);
        var leaf =
            secret.Data.TryGetValue("tls.crt", out var current) ? FirstCertificate.ComputeSha256(Encoding.UTF8.GetString(current)) : null;
        var data = new Dictionary<string, byte[]>();
        foreach (var (key, value) in secret.Data)
        {
            if (FindReplacement(Encoding.UTF8.GetString(value), leaf, replacement) is { } text)
            {
                data[key] = Encoding.UTF8.GetBytes(text);
            }
        }

        var patch = new V1Patch(new V1Secret { Data = data }, V1Patch.PatchType.MergePatch);
        await _context.Client.CoreV1.PatchNamespacedSecretAsync(patch, name, _context.Namespace, cancellationToken: cancellationToken);
    }

    /// <summary>What takes the place of a value: keys and the leaf's chain are replaced, authorities stay.</summary>
    private static string? FindReplacement(string value, string? leaf, ServerCertificate replacement)
    {
        if (value.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return replacement.PrivateKey;
        }

        return leaf is not null && FirstCertificate.ComputeSha256(value) == leaf ? replacement.CertificateChain : null;
    }
}
