using System.Text;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>What says where a credential is, configurations under unusual keys, initialising over the API, and keys of clients.</summary>
internal static class FileArgumentMutations
{
    private const string Password = "storage \"mysql\" {\n username = \"u\"\n password = \"hunter2\"\n}";
    private const string Elsewhere = "/vault/data/c.key";

    public static IReadOnlyList<Mutation> All =>
    [
        Script("FS-5", "token of the pod from its file",
            "export VAULT_TOKEN=$(vault write -field=token auth/kubernetes/login role=snapshot jwt=@/var/run/secrets/kubernetes.io/serviceaccount/token); vault operator raft snapshot save /s/a", "", Outcome.Passed),
        Script("FS-5", "token from the standard input", "cat /t | vault login token=@-; vault write auth/x/login password=@pw.txt", "", Outcome.Passed),
        Script("FS-5", "password that only begins like one", "DB_PASSWORD=@Secr3t run", "setup: command and args", Outcome.Failed),
        Script("FS-6", "initialising over the API into a file",
            "curl -X PUT -d '{\"secret_shares\":1,\"secret_threshold\":1}' https://127.0.0.1:8200/v1/sys/init -o /vault/data/k.json", "that write the keys of Vault to a file: command and args", Outcome.Failed),
        Script("FS-6", "initialising by vault write", "vault write -format=json sys/init secret_shares=1 secret_threshold=1 > /vault/data/k.json", "to a file: command and args", Outcome.Failed),
        Script("FS-6", "initialising over the API to nobody knows where", "wget -qO- --post-data='{\"secret_shares\":1}' https://127.0.0.1:8200/v1/sys/init | jq .", "nothing says where its keys go", Outcome.Inconclusive),
        Script("FS-6", "asking whether it is initialised", "curl -s https://127.0.0.1:8200/v1/sys/init -o /tmp/status.json", "", Outcome.Passed),

        Map("password under a key in capitals", map => map.Data = new Dictionary<string, string> { ["VAULT.HCL"] = Password }, "storage mysql: password (line 3)", Outcome.Failed),
        Map("password in binary data", map => map.BinaryData = Binary("b.hcl", Password), "storage mysql: password (line 3)", Outcome.Failed),
        Map("password in binary data, only that it was there", map => map.BinaryData = Binary("b.hcl", "***"), "vault-extra/b.hcl", Outcome.Failed),
        Map("binary data that was not recorded", map => map.BinaryData = Binary("b.hcl", ""), "vault-extra/b.hcl: a configuration in binary data", Outcome.Inconclusive),
        Map("binary data that is not text", map => map.BinaryData = new Dictionary<string, byte[]> { ["b.JSON"] = [0xff, 0xfe, 0x7b, 0x00] }, "b.JSON cannot be read", Outcome.Inconclusive),
        Map("harmless configuration in binary data", map => map.BinaryData = Binary("B.HCL", "ui = false"), "", Outcome.Passed),

        .. new[]
        {
            ("VAULT_AWSKMS_SEAL_KEY_ID", "mrk-1234abcd12ab34cd56ef1234567890ab"), ("VAULT_OCIKMS_SEAL_KEY_ID", "ocid1.key.oc1.iad.abcdefgh.abuwcljrexample2345"), ("VAULT_AZUREKEYVAULT_KEY_NAME", "autoUnseal2024"),
            ("BAO_TRANSIT_SEAL_KEY_NAME", "unseal-key-1"), ("VAULT_AZUREKEYVAULT_SEAL_KEY_VERSION", "0f6a1b5e8d7c4f6a0f6a1b5e8d7c4f6a"),
        }.Select(item => Pod("FS-5", $"{item.Item1} = {item.Item2}", "", pod => pod.ChangeVariable(item.Item1, item.Item2), Outcome.Passed)),
        Pod("FS-5", "a share under the name of a seal's key", "VAULT_AWSKMS_SEAL_KEY_ID", pod => pod.ChangeVariable("VAULT_AWSKMS_SEAL_KEY_ID", ShareMutations.Share), also: "FS-6"),

        Pod("FS-4", "key of the client on the data volume", $"volume of {Elsewhere}: persistentVolumeClaim", pod => pod.ChangeVariable("VAULT_CLIENT_KEY", Elsewhere)),
        Pod("FS-4", "key of the client in the Secret", "", pod => pod.ChangeVariable("VAULT_CLIENT_KEY", CompliantPod.KeyPath), Outcome.Passed),
    ];

    private static Dictionary<string, byte[]> Binary(string key, string text) => new() { [key] = Encoding.UTF8.GetBytes(text) };

    private static Mutation Script(string control, string deviation, string script, string reason, Outcome outcome) => Pod(control, deviation, reason, pod => pod.Admitted.Spec.InitContainers =
    [
        new V1Container { Name = "setup", Command = ["sh", "-c", script], Resources = pod.Container.Resources, SecurityContext = pod.Container.SecurityContext },
    ], outcome);

    private static Mutation Map(string deviation, Action<V1ConfigMap> change, string reason, Outcome outcome) => Release("FS-5", $"ConfigMap: {deviation}", reason, release =>
    {
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "vault-extra" } };
        change(map);
        release.OtherMaps.Add(map);
    }, outcome);
}
