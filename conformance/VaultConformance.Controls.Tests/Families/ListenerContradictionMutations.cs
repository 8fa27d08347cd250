using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Listeners that are one thing in the files and another in what the server reports, and ways of which the objects say something else.</summary>
internal static class ListenerContradictionMutations
{
    private const string Address = "address = \"[::]:8200\"";

    public static IReadOnlyList<Mutation> All => [.. Files, .. Alike, .. Ports, .. Ways];

    private static IReadOnlyList<Mutation> Files =>
    [
        File("TLS-1", "plaintext listener in the files only", "listener 0.0.0.0:8300 of the files", With("}\nlistener \"tcp\" {\n address = \"0.0.0.0:8300\"\n tls_disable = true\n"), "TLS-2", "TLS-5", "TLS-6"),
        File("TLS-1", "TLS off in the files only", "set in the files, not set in what the server reports", With("tls_disable = 1")),
        File("TLS-2", "old version in the files only", "tls10 in the files, tls12 in what the server reports", With("tls_min_version = \"tls10\"")),
        File("TLS-2", "suites in the files only", "tls_cipher_suites of listener [::]:8200", With("tls_cipher_suites = \"TLS_RSA_WITH_3DES_EDE_CBC_SHA\"")),
        File("TLS-6", "header of a client certificate in the files only", "X-Client-Cert in the files, not set in what the server reports", With("x_forwarded_for_client_cert_header = \"X-Client-Cert\"")),
        File("TLS-5", "another certificate in the files", "tls_cert_file of listener [::]:8200", With("x = 1").Replace("tls.crt", "other.crt", StringComparison.Ordinal)),
        File("TLS-1", "another address in the files", "listener [::]:8200 that the server reports", With("x = 1").Replace("[::]:8200", "[::]:8222", StringComparison.Ordinal), "TLS-2", "TLS-5", "TLS-6"),
        Pod("TLS-1", "one listener more in what the server reports", "listener 0.0.0.0:8300 that the server reports", pod =>
        {
            var config = (JsonObject)pod.VaultState!.SanitizedConfig!.DeepClone();
            var second = (JsonObject)config["listeners"]![0]!.DeepClone();
            second["config"]!["address"] = "0.0.0.0:8300";
            config["listeners"]!.AsArray().Add(second);
            pod.VaultState = pod.VaultState with { SanitizedConfig = config };
        }, Outcome.Inconclusive, null, "PROC-4", "TLS-2", "TLS-5", "TLS-6"),
    ];

    private static IReadOnlyList<Mutation> Alike =>
    [
        Same("the same in another notation", With("TLS_DISABLE = \"false\"\n TLS_MIN_VERSION = \"TLS12\"")),
        Same("address as a template", With("x = 1").Replace("[::]:8200", "{{ GetPrivateIP }}:8200", StringComparison.Ordinal)),
        Same("address in another form", With("x = 1").Replace("[::]:8200", "[0:0::0]:8200", StringComparison.Ordinal)),
        Same("a socket of the file system beside it", $"{CompliantPod.Config}\nlistener \"unix\" {{\n address = \"/run/vault.sock\"\n}}\n"),
    ];

    private static IReadOnlyList<Mutation> Ports =>
    [
        Pod("TLS-1", "API port that was taken for another", "purpose of port 8200: it was checked as 'Other'", pod => pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with { Purpose = PortPurpose.Other }),
            Outcome.Inconclusive, null, "TLS-2", "TLS-3", "TLS-4", "TLS-5", "TLS-6"),
        Pod("TLS-1", "API port that was taken for the cluster port", "purpose of port 8200: it was checked as 'Cluster'", pod => pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with { Purpose = PortPurpose.Cluster }),
            Outcome.Inconclusive, null, "TLS-2", "TLS-3", "TLS-4", "TLS-5", "TLS-6", "TLS-7"),
    ];

    private static IReadOnlyList<Mutation> Ways =>
    [
        Release("TLS-1", "way that nobody went although a ready pod stands behind it", "nobody went this way, although vault-1 stands behind it and is ready", release =>
        {
            Ready(release.Second);
            Shut(release, "service/vault:8200");
        }, Outcome.Inconclusive, null, "TLS-6"),
        Release("TLS-1", "way to pods that need not be ready", "although vault-0, vault-1, vault-2 stands behind it", release =>
        {
            release.Services[1].Spec.PublishNotReadyAddresses = true;
            Shut(release, "service/vault-internal:8200");
        }, Outcome.Inconclusive, null, "TLS-6"),
        Release("TLS-1", "way that was gone, and whose answer is missing", "what it answers was not recorded", release => Path(release, "service/vault:8200", path => path with { Plaintext = null }), Outcome.Inconclusive),
        Release("TLS-1", "way to the API that was taken for the cluster port", "purpose of service/vault:8200", release => Path(release, "service/vault:8200", path => path with { Purpose = PortPurpose.Cluster }),
            Outcome.Inconclusive, null, "TLS-6"),
        Release("TLS-1", "way behind which no pod is ready", "", release => Shut(release, "service/vault:8200"), Outcome.Passed),
        Release("TLS-1", "way that leads to servers in another state", "", release =>
        {
            Ready(release.Second);
            release.Second.Admitted.Metadata.Labels["vault-active"] = "true";
        }, Outcome.Passed),
    ];

    private static string With(string setting) => CompliantPod.Config.Replace(Address, $"{Address}\n  {setting}", StringComparison.Ordinal);

    private static Mutation File(string control, string deviation, string reason, string config, params string[] also) =>
        Pod(control, deviation, reason, pod => pod.ChangeConfig(config), Outcome.Inconclusive, null, also);

    private static Mutation Same(string deviation, string config) => Pod("TLS-1", deviation, "", pod => pod.ChangeConfig(config), Outcome.Passed);

    private static void Ready(PodEvidence pod) => pod.Admitted.Status.Conditions = [new V1PodCondition { Type = "Ready", Status = "True" }];

    private static void Shut(ReleaseEvidence release, string name) =>
        Path(release, name, path => path with { Ready = false, Plaintext = null, Fingerprints = new Dictionary<string, int>() });

    private static void Path(ReleaseEvidence release, string name, Func<PathEndpoint, PathEndpoint> change)
    {
        var place = release.Paths.FindIndex(path => path.Name == name);
        release.Paths[place] = change(release.Paths[place]);
    }
}
