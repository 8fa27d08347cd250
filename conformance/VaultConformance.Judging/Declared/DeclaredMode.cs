using System.Globalization;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Declared;

/// <summary>The mode that the kubelet gives to a file of a Secret: that of its item, or that of the volume.</summary>
internal static class DeclaredMode
{
    private const int Others = 7;

    /// <summary>Judges the mode of a private key; nothing where it is not known.</summary>
    /// <param name="path">Path of the key.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The server container.</param>
    public static IEnumerable<Judgement> Judge(string path, V1Pod pod, V1Container container)
    {
        if (container.MountHolding(path) is not { } mount || Find(path, mount, pod.FindVolume(mount.Name)) is not { } mode)
        {
            yield break;
        }

        var text = "0" + Convert.ToString(mode, 8).PadLeft(3, '0');
        yield return Judgement.Of($"declared mode of {path}", (mode & Others) == 0, "no access for others", text).Saying(
            string.Create(CultureInfo.InvariantCulture, $"Other users have access to the private key {path}: its mode will be {text}."));
    }

    private static int? Find(string path, V1VolumeMount mount, V1Volume? volume)
    {
        var (items, mode) = volume switch
        {
            { Secret: { } secret } => (secret.Items ?? [], secret.DefaultMode),
            { Projected: { } projected } =>
                ([.. (projected.Sources ?? []).SelectMany(source => source.Secret?.Items ?? [])], projected.DefaultMode),
            _ => ([], (int?)null),
        };
        var file = string.IsNullOrEmpty(mount.SubPath)
            ? path[Math.Min(path.Length, mount.MountPath.TrimEnd('/').Length)..].Trim('/')
            : mount.SubPath;
        return items.FirstOrDefault(item => item.Path == file)?.Mode ?? mode;
    }
}
