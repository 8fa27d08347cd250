using k8s.Models;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Where private keys lie: files that were not seen, keys beyond the listeners, volumes of which it is not known what they give.</summary>
internal static class KeyPlaceMutations
{
    private const string Elsewhere = "/vault/data/c.key";

    public static IReadOnlyList<Mutation> All =>
    [
        Pod("FS-4", "key that Vault can write", $"writing to {CompliantPod.KeyPath}: possible", pod => pod.ChangeFile(CompliantPod.KeyPath, file => file with { WritableByServer = true })),
        Pod("FS-4", "key that is not there", "the file is not there", pod => pod.ChangeFile(CompliantPod.KeyPath, file => file with { Exists = false }), Outcome.Inconclusive),
        Pod("FS-4", "key that nobody tried to write", "it could not be tried", pod => pod.ChangeFile(CompliantPod.KeyPath, file => file with { WritableByServer = null }), Outcome.Inconclusive),
        Pod("FS-4", "key whose mode was not read", $"mode of {CompliantPod.KeyPath}: it could not be read", pod => pod.ChangeFile(CompliantPod.KeyPath, file => file with { Mode = null }), Outcome.Inconclusive),
        Pod("FS-4", "key that was checked as something else", "it could not be tried", pod => pod.ChangeFile(CompliantPod.KeyPath, file => file with { Purpose = "config" }), Outcome.Inconclusive),
        Pod("FS-4", "key for joining on the data volume", $"volume of {Elsewhere}: persistentVolumeClaim", pod => Join(pod, "leader_client_key_file")),
        Pod("FS-4", "key for joining in the Secret", "", pod => Configure(pod, $"leader_client_key_file = \"{CompliantPod.KeyPath}\"\n    "), Outcome.Passed),
        Pod("FS-4", "key of the seal on the data volume", $"volume of {Elsewhere}: persistentVolumeClaim", pod =>
            pod.ChangeConfig($"{CompliantPod.Config}\nseal \"transit\" {{\n  tls_client_key = \"{Elsewhere}\"\n}}\n")),
        Pod("FS-4", "key of the registration on the data volume", Elsewhere, pod =>
            pod.ChangeConfig($"{CompliantPod.Config}\nservice_registration \"consul\" {{\n  scheme = \"https\"\n  tls_key_file = \"{Elsewhere}\"\n}}\n")),
        Pod("FS-4", "Secret of which the key is not mounted", "a Secret of which only tls.crt is mounted", pod => Secret(pod, "tls.crt"), Outcome.Inconclusive),
        Pod("FS-4", "Secret of which key and certificate are mounted", "", pod => Secret(pod, "tls.crt", "tls.key"), Outcome.Passed),
        Pod("FS-4", "disk of a cloud as an inline volume", "a volume of the CSI driver ebs.csi.aws.com, of which it is not known whether it gives secrets", pod =>
            Driver(pod, "ebs.csi.aws.com"), Outcome.Inconclusive),
        Pod("FS-4", "driver that is only called like one of secrets", "secrets-store.csi.k8s.io.example.org", pod =>
            Driver(pod, "secrets-store.csi.k8s.io.example.org"), Outcome.Inconclusive),
        Pod("FS-4", "Secret mounted by subPath", "expected none, else renewals never arrive", pod => Partly(pod, mount => mount.SubPath = "certificates"), also: "PROC-4"),
        Pod("PROC-4", "Secret mounted by an expression", "so that renewals of the Secret never arrive", pod => Partly(pod, mount => mount.SubPathExpr = "$(POD_NAME)"), Outcome.Inconclusive, null, "FS-4"),
    ];

    private static void Join(PodEvidence pod, string setting) => Configure(pod, $"{setting} = \"{Elsewhere}\"\n    ");

    private static void Configure(PodEvidence pod, string setting) =>
        pod.ChangeConfig(CompliantPod.Config.Replace("leader_ca_cert_file", setting + "leader_ca_cert_file", StringComparison.Ordinal));

    private static void Secret(PodEvidence pod, params string[] keys) =>
        Volume(pod).Secret.Items = [.. keys.Select(key => new V1KeyToPath { Key = key, Path = key })];

    private static void Driver(PodEvidence pod, string driver)
    {
        var volume = Volume(pod);
        volume.Secret = null;
        volume.Csi = new V1CSIVolumeSource { Driver = driver };
    }

    private static void Partly(PodEvidence pod, Action<V1VolumeMount> change) => change(pod.Container.VolumeMounts.Single(mount => mount.Name == "tls"));

    private static V1Volume Volume(PodEvidence pod) => pod.Admitted.Spec.Volumes.Single(volume => volume.Name == "tls");
}
