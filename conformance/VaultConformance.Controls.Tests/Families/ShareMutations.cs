using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Shares of unseal keys by their length, in hexadecimal and in Base64, under names that tell nothing. Digests, which are shorter by one byte, are none.</summary>
internal static class ShareMutations
{
    internal const string Share = "8b0e71ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee";
    private const string Another = "5c1d3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c00";
    private const string Digest = "8254c329a92850f6d539dd376f4816ee2764517da5e0235514af433164480d7a";
    private const string Base64 = "Zk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkFzOFRnVWlWMDU3";
    private const string Base64Too = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJBC";

    public static IReadOnlyList<Mutation> All => [.. Scripts, .. Arguments, .. Variables, .. Objects];

    private static IEnumerable<Mutation> Scripts =>
    [
        .. new[]
        {
            $"U={Share}; vault operator unseal $U", $"KEY={Share.ToUpperInvariant()}; vault operator unseal \"$KEY\"", $"set -- {Share}; vault operator unseal \"$1\"",
            $"for k in {Share} {Another}; do vault operator unseal $k; done", $"echo {Share} | vault operator unseal -", $"vault operator unseal - <<EOF\n{Share}\nEOF",
            $"vault write sys/unseal key={Share}", $"curl -d '{{\"key\":\"{Share}\"}}' https://127.0.0.1:8200/v1/sys/unseal", $"wget --post-data='{{\"key\":\"{Share}\"}}' https://127.0.0.1:8200/v1/sys/unseal",
            $"DB_KEY={Share}; vault operator unseal ${{DB_KEY}}", $"U={Base64}; vault operator unseal $U", $"printf '%s\\n{Share}\\n' | /unseal.sh", $"/unseal.sh {Share} {Another}",
            $"curl -d '{{\"key\":\"{Digest}\"}}' https://127.0.0.1:8200/v1/sys/unseal", $"U={Digest}; vault operator unseal $U",
        }.SelectMany(script => Script(script, "in commands of container setup: command and args", Outcome.Failed, "FS-5")),
        .. Script($"echo {Digest} | vault operator unseal -", "nothing says of which kind", Outcome.Inconclusive, "FS-5"),
        .. Script($"RUN={Share} /run.sh", "nothing says of which kind", Outcome.Inconclusive, "FS-5"),
        .. Script($"echo '{Digest}  vault.zip' | sha256sum -c; vault operator unseal", "", Outcome.Passed),
        .. Script($"VAULT_SHA256={Digest}; crictl pull hashicorp/vault@sha256:{Digest}; vault operator unseal", "", Outcome.Passed),
        .. Script($"BUILD={Digest} /run.sh", "", Outcome.Passed),
    ];

    private static IEnumerable<Mutation> Arguments =>
    [
        Process("a script", "(PID 20)", Outcome.Failed, ["sh", "-c", $"U={Share}; while :; do vault operator unseal $U; done"], "FS-5", "PROC-5"),
        Process("two shares", "(PID 20)", Outcome.Failed, ["/unseal.sh", Share, Another], "FS-5", "PROC-5"),
        Process("a key that was never split", "nothing says of which kind", Outcome.Inconclusive, ["/unseal.sh", Digest], "FS-5", "PROC-5"),
        Process("a digest by its flag", "", Outcome.Passed, ["/unseal.sh", "--sha256", Digest], "PROC-5"),
    ];

    private static IEnumerable<Mutation> Variables =>
    [
        Literals("one under a number", "environment of container vault: K1", Outcome.Failed, ("K1", Share)),
        Literals("one under a name that says nothing", ": SHARD_A", Outcome.Failed, ("SHARD_A", Share)),
        Literals("one in a sentence", ": NOTE", Outcome.Failed, ("NOTE", $"ours is {Share}, keep it")),
        Literals("three in Base64, side by side", ": A, B, C", Outcome.Failed, ("A", Base64), ("B", Base64Too), ("C", Base64)),
        Literals("digests", "", Outcome.Passed, ("BUILD", Digest), ("REVISION", Digest[..40])),
    ];

    private static IEnumerable<Mutation> Objects =>
    [
        .. new[] { Share, "***" }.Select(value => Pod("FS-6", $"annotation of a pod: {value}", "in annotations and labels: example.org/unseal of", pod =>
            (pod.Admitted.Metadata.Annotations ??= new Dictionary<string, string>())["example.org/unseal"] = value, also: "FS-5")),
        Map("one entry", Share, ": vault-extra", Outcome.Failed),
        Map("one entry among words", $"first: {Share}", ": vault-extra", Outcome.Failed),
        Map("a digest", Digest, "", Outcome.Passed),
        Message("token in a termination message", "login hvs.CAESIJ8saBcD1234567890abcdef", Outcome.Failed),
        Message("share in a termination message", $"tried {Share}", Outcome.Failed),
        Message("the same as evidence keeps it", "tried ***", Outcome.Failed),
        Message("last words about a command that failed", "vault operator unseal failed: connection refused", Outcome.Passed),
        Message("ordinary last words", $"exit: image sha256:{Digest} done", Outcome.Passed),
    ];

    private static Mutation Process(string deviation, string reason, Outcome outcome, string[] words, params string[] also) =>
        Pod("FS-6", $"arguments of a process: {deviation}", reason, pod => pod.Processes = pod.Processes! with { Processes = [.. pod.Processes.Processes, CompliantPod.Process(20, 7, "sh", words)] }, outcome, null, also);

    // As it was written, and as evidence keeps it.
    private static IEnumerable<Mutation> Script(string script, string reason, Outcome outcome, params string[] also) =>
        new[] { script, SecretScanner.Mask(script) }.Distinct().Select(text => Pod("FS-6", $"script: {text}", reason, pod => pod.Admitted.Spec.InitContainers =
        [
            new V1Container { Name = "setup", Command = ["sh", "-c", text], Resources = pod.Container.Resources, SecurityContext = pod.Container.SecurityContext },
        ], outcome, null, also));

    private static Mutation Literals(string deviation, string reason, Outcome outcome, params (string Name, string Value)[] variables) => Pod("FS-6", $"variables: {deviation}", reason, pod =>
    {
        foreach (var (name, value) in variables)
        {
            pod.ChangeVariable(name, value);
        }
    }, outcome, null, outcome == Outcome.Passed ? [] : ["FS-5"]);

    private static Mutation Map(string deviation, string text, string reason, Outcome outcome) => Release("FS-6", $"ConfigMap: {deviation}", reason, release => release.OtherMaps.Add(new V1ConfigMap
    {
        Metadata = new V1ObjectMeta { Name = "vault-extra" }, Data = new Dictionary<string, string> { ["k1"] = text },
    }), outcome, null, outcome == Outcome.Passed ? [] : ["FS-5"]);

    private static Mutation Message(string deviation, string text, Outcome outcome) => Pod("FS-6", deviation, outcome == Outcome.Passed ? "" : "in termination messages of containers: vault-1/setup", pod =>
    {
        var ended = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 0, Message = text } };
        pod.Admitted.Spec.InitContainers = [new V1Container { Name = "setup", Command = ["setup"], Resources = pod.Container.Resources, SecurityContext = pod.Container.SecurityContext }];
        (pod.Admitted.Status ??= new V1PodStatus()).InitContainerStatuses = [new V1ContainerStatus { Name = "setup", State = ended }];
    }, outcome);
}
