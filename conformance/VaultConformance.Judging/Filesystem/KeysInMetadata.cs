using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>
/// Unseal keys, recovery keys and root tokens in annotations and labels, and in what containers left as their last words.
/// </summary>
public static class KeysInMetadata
{
    private const string Keys = "unseal keys, recovery keys or root tokens";

    /// <summary>Judges every object that was read.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<Judgement> Judge(AdmittedObjects objects) =>
    [
        Judgement.None($"{Keys} in annotations and labels", MetadataCredentials.ListEntries(objects)
            .Where(entry => IsKey(entry.Key, entry.Value))
            .Select(entry => $"{entry.Key} of {entry.Subject}")
            .Distinct())
            .Saying(found => $"There are {Keys} in annotations or labels: {found}."),
        Judgement.None($"{Keys} in termination messages of containers", objects.Pods.SelectMany(
            pod => ListStatuses(pod).Where(Tells).Select(status => $"{pod.Metadata.Name}/{status.Name}")).Distinct())
            .Saying(found => $"There are {Keys} in termination messages: {found}."),
    ];

    // Who names an annotation says nothing about what it holds.
    private static bool IsKey(string key, string value) =>
        Credentials.TraceInMetadata(key, value) == CredentialTrace.Found
            && MaskedKeys.FindInVariable(key[(key.LastIndexOf('/') + 1)..], value) == KeyTrace.Found;

    private static bool Tells(V1ContainerStatus status) =>
        new[] { status.State?.Terminated?.Message, status.LastState?.Terminated?.Message }
            .OfType<string>()
            .Any(message => MaskedKeys.FindInCommand([message]) == KeyTrace.Found);

    private static IEnumerable<V1ContainerStatus> ListStatuses(V1Pod pod) =>
        [
            .. pod.Status?.InitContainerStatuses ?? [],
            .. pod.Status?.ContainerStatuses ?? [],
            .. pod.Status?.EphemeralContainerStatuses ?? []
        ];
}
