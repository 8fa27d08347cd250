using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Which source of a projected volume puts a file there.</summary>
internal static class ProjectedFile
{
    /// <summary>Kind of the source when it provides the file; null when it does not.</summary>
    /// <param name="source">A source.</param>
    /// <param name="file">Path of the file within the volume.</param>
    /// <param name="objects">Holds what ConfigMaps and Secrets have.</param>
    public static string? FindKindThatProvides(V1VolumeProjection source, string file, AdmittedObjects objects) => source switch
    {
        { Secret: { } secret } when Provides(secret.Items, file, () => HasSecretKey(secret.Name, file, objects)) => "secret",
        { ConfigMap: { } map } when Provides(map.Items, file, () => MapHas(map.Name, file, objects)) => "configMap",
        { DownwardAPI: { } downward } when downward.Items?.Any(item => item.Path == file) == true => "downwardAPI",
        { ServiceAccountToken: { } token } when token.Path == file => "serviceAccountToken",
        { ClusterTrustBundle: { } bundle } when bundle.Path == file => "clusterTrustBundle",
        { PodCertificate: { } certificate } when certificate.KeyPath == file
            || certificate.CredentialBundlePath == file
            || certificate.CertificateChainPath == file => "podCertificate",
        _ => null,
    };

    // Without items every key becomes a file of its name.
    private static bool Provides(IList<V1KeyToPath>? items, string file, Func<bool> has) =>
        items is { Count: > 0 } ? items.Any(item => item.Path == file) : has();

    private static bool HasSecretKey(string? name, string key, AdmittedObjects objects) =>
        objects.Secrets.Any(secret => secret.Name == name && secret.Keys.Contains(key));

    private static bool MapHas(string? name, string key, AdmittedObjects objects) => objects.ConfigMaps
        .Any(map => map.Metadata.Name == name && (map.Data?.ContainsKey(key) == true || map.BinaryData?.ContainsKey(key) == true));
}
