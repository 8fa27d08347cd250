using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Processes;

/// <summary>
/// What other running containers of the pod see of the server's volumes: TLS keys, data, the configuration that it loads. An init container
/// has ended before the server runs, and preparing a volume is what it is for.
/// </summary>
public static class SharedVolumes
{
    private const string AccountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Judges the containers beside the server.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="server">The server container.</param>
    /// <param name="sidecars">Names of the containers that run beside it.</param>
    /// <param name="servers">Its server processes, which say where the configuration lies.</param>
    /// <param name="declared">Containers that the profile declares: they may have what the server has, but not write what it loads.</param>
    public static IEnumerable<Judgement> Judge(
        V1Pod pod, V1Container server, IReadOnlyList<string> sidecars, IReadOnlyList<ProcessFacts> servers, IReadOnlyList<string> declared)
    {
        var shared = pod.ListAllContainers().Where(container => sidecars.Contains(container.Name))
            .SelectMany(container => Find(pod, server, container, servers).Select(item => (container.Name, item.Text, item.Writes)))
            .ToList();
        yield return Judgement.None(
            "volumes of the server that other running containers have",
            shared.Where(item => item.Writes || !declared.Contains(item.Name)).Select(item => $"{item.Text} (container {item.Name})"))
            .Saying(found => $"Other containers share volumes with the server: {found}.");
        var known = shared.Where(item => !item.Writes && declared.Contains(item.Name))
            .Select(item => $"{item.Text} (container {item.Name})")
            .ToList();
        if (known.Count > 0)
        {
            yield return Judgement.Advised("volumes of the server that declared containers have", false, "none", string.Join(", ", known));
        }
    }

    private static IEnumerable<(string Text, bool Writes)> Find(
        V1Pod pod, V1Container server, V1Container other, IReadOnlyList<ProcessFacts> servers)
    {
        var loaded = servers.SelectMany(StartArguments.ListConfigPaths)
            .Select(path => server.MountHolding(path)?.Name)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        foreach (var mount in other.VolumeMounts ?? [])
        {
            var same = (server.VolumeMounts ?? [])
                .Select(item => pod.FindVolume(item.Name))
                .OfType<V1Volume>()
                .FirstOrDefault(volume => IsSame(volume, pod.FindVolume(mount.Name)));
            if (same is null || DescribeKind(same) is not { } kind || IsAccount(mount, server, same))
            {
                continue;
            }

            var writable = mount.ReadOnlyProperty != true && !IsReadOnly(same);
            var own = loaded.Contains(same.Name) ? ", from which the server loads its configuration" : string.Empty;
            yield return ($"{kind} {same.Name}{own}{(writable ? ", writable" : string.Empty)}", writable && own.Length > 0);
        }
    }

    // Older clusters put the token of the pod's account into every container as a Secret.
    private static bool IsAccount(V1VolumeMount mount, V1Container server, V1Volume volume) =>
        mount.MountPath == AccountPath && server.VolumeMounts.Any(item => item.Name == volume.Name && item.MountPath == AccountPath);

    // The same volume, or another one of the same Secret or claim.
    private static bool IsSame(V1Volume ours, V1Volume? theirs) => theirs is not null
        && (ours.Name == theirs.Name
            || (ours.Secret is not null && ListSecrets(theirs).Contains(ours.Secret.SecretName))
            || (ours.PersistentVolumeClaim is { } claim && claim.ClaimName == theirs.PersistentVolumeClaim?.ClaimName)
            || ListSecrets(ours).Intersect(ListSecrets(theirs)).Any());

    private static IEnumerable<string> ListSecrets(V1Volume volume) =>
        new[] { volume.Secret?.SecretName }
            .Concat((volume.Projected?.Sources ?? []).Select(source => source.Secret?.Name))
            .OfType<string>();

    // The kubelet refuses to write what it projects itself.
    private static bool IsReadOnly(V1Volume volume) =>
        volume is { Secret: not null } or { ConfigMap: not null } or { DownwardAPI: not null } or { Projected: not null };

    // What holds neither secrets nor anything that can be written tells nobody anything; every container has a token of the pod's own
    // account.
    private static string? DescribeKind(V1Volume volume) => volume switch
    {
        { ConfigMap: not null } or { DownwardAPI: not null } => null,
        { Projected: not null } => ListSecrets(volume).Any() ? "projected Secret" : null,
        { Secret: not null } => "Secret",
        { PersistentVolumeClaim: not null } => "claim",
        { EmptyDir: not null } => "emptyDir",
        _ => "volume",
    };
}
