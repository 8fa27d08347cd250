using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether the certificate on the wire, in the mounted file and in the Secret is one and the same.</summary>
/// <param name="pod">The pod as admitted.</param>
/// <param name="container">The server container.</param>
/// <param name="files">Files that were checked.</param>
/// <param name="objects">The objects of the release.</param>
internal sealed class LeafAgreement(V1Pod pod, V1Container container, FileFacts files, AdmittedObjects objects)
{
    private const string Purpose = "tls-certificate";

    /// <summary>Judges one port.</summary>
    /// <param name="chain">What it serves.</param>
    /// <param name="listeners">The loaded listeners.</param>
    public IEnumerable<Judgement> Judge(ServedChain chain, IReadOnlyList<LoadedListener> listeners)
    {
        var fact = $"certificate in the file of the listener on port {chain.Port}";
        if (FindPath(chain.Port, listeners) is not { } path)
        {
            return [Judgement.Unknown(fact, "the one that is served", "it is not known which file the listener uses")];
        }

        var mounted = files.Files.FirstOrDefault(file => file.Path == path && file.Purpose == Purpose)?.FirstCertificateSha256;
        return mounted is null
            ? [Judgement.Unknown(fact, "the one that is served", $"{path} could not be read"), .. JudgeSecret(path, chain.LeafFingerprint)]
            : [
                Judgement.Of(fact, AreSame(mounted, chain.LeafFingerprint), $"{chain.LeafFingerprint} (served)", $"{mounted} ({path})")
                    .Saying($"Port {chain.Port} serves another certificate than {path} holds."),
                .. JudgeSecret(path, mounted)
            ];
    }

    private static bool AreSame(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    private string? FindPath(int port, IReadOnlyList<LoadedListener> listeners)
    {
        var certificates = files.Files.Where(file => file.Purpose == Purpose).Select(file => file.Path).Distinct().ToList();
        return listeners.Count > 0
            ? listeners.FirstOrDefault(listener => listener.Port == port)?.CertificateFile
            : certificates.Count == 1 ? certificates[0] : null;
    }

    private IEnumerable<Judgement> JudgeSecret(string path, string mounted)
    {
        var mount = container.MountHolding(path);
        var volume = mount is null ? null : pod.FindVolume(mount.Name);
        var fact = $"certificate in the Secret of {path}";
        if (volume?.Csi is not null)
        {
            return [Judgement.Irrelevant(fact, "a CSI driver provides the file, there is no Secret to compare with")];
        }

        if (mount is not null
            && (volume?.Projected?.Sources ?? []).Any(projection => Issues(projection.PodCertificate, GetKey(path, mount))))
        {
            return [Judgement.Irrelevant(fact, "the kubelet has the certificate issued for the pod, there is no Secret to compare with")];
        }

        if (mount is null || FindSource(volume, GetKey(path, mount)) is not { } source)
        {
            return [Judgement.Of($"volume of {path}", false, "a Secret", "no Secret").Saying($"{path} does not come from a Secret.")];
        }

        var secret = objects.Secrets.FirstOrDefault(candidate => candidate.Name == source.Secret);
        return secret?.CertificateSha256.TryGetValue(source.Key, out var stored) == true
            ? [Judgement.Of(fact, AreSame(stored, mounted), mounted, $"{stored} ({source.Secret}/{source.Key})")
                .Saying($"{path} holds another certificate than Secret {source.Secret} ({source.Key}).")]
            : [Judgement.Unknown(fact, mounted, $"key '{source.Key}' of Secret '{source.Secret}' could not be read")];
    }

    private static bool Issues(V1PodCertificateProjection? certificate, string file) =>
        certificate is not null && (certificate.CredentialBundlePath == file || certificate.CertificateChainPath == file);

    private static string GetKey(string path, V1VolumeMount mount) =>
        mount.SubPath is { Length: > 0 } part && path == mount.MountPath
            ? part
            : path[Math.Min(path.Length, mount.MountPath.TrimEnd('/').Length + 1)..];

    private static (string Secret, string Key)? FindSource(V1Volume? volume, string file)
    {
        if (volume?.Secret is { SecretName: { } name } secret)
        {
            return (name, GetItem(secret.Items, file));
        }

        var sources = (volume?.Projected?.Sources ?? []).Select(source => source.Secret).OfType<V1SecretProjection>().ToList();
        var holder = sources.Find(source => source.Items?.Any(item => item.Path == file) == true) ?? sources.FirstOrDefault();
        return holder?.Name is { } projected ? (projected, GetItem(holder.Items, file)) : null;
    }

    private static string GetItem(IList<V1KeyToPath>? items, string file) => items?.FirstOrDefault(item => item.Path == file)?.Key ?? file;
}
