using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the controls on audit devices have to notice.</summary>
internal static class AuditMutations
{
    private const string Log = "/vault/data/audit.log";
    private static readonly string[] Others = ["API-9", "API-10"];

    public static IEnumerable<Mutation> All => [.. Devices, .. Places, .. Secrecy];

    private static IEnumerable<Mutation> Devices =>
    [
        Release("API-2", "no device", "audit devices: none", release => release.Audit = release.Audit! with { Devices = [] }, also: Others),
        Audited("API-2", "a device that records nothing", "audit device file/: not found", device => device with { Trace = new AuditTrace(false, false) }, also: "API-10"),
        Audited("API-2", "a device that keeps nothing", "keeps no entry", device => At(device, "discard") with { File = null }),
        Audited("API-2", "a file that newer servers refuse", "mode of audit device file/: 0755", device => With(device, "mode", "0755")),
        Audited("API-2", "a file that nobody executes", "", device => With(device, "mode", "0640"), Outcome.Passed),
        Audited("API-2", "lines with a prefix", "", device => With(device, "prefix", "vault: "), Outcome.Passed),
        Audited("API-2", "a part of the requests", "a part of them (filter mount_type == kv)", device => With(device, "filter", "mount_type == kv"), Outcome.Inconclusive),
        Audited("API-2", "a type that nobody knows", "type of audit device file/: kafka", device => device with { Type = "kafka", Trace = null, File = null }, Outcome.Inconclusive, null, "API-9"),
        Audited("API-2", "a log that cannot be looked into", "no 'tail' there", Unread, Outcome.Inconclusive, null, Others),
        Release("API-2", "nobody could ask", "not set", release => release.Audit = null, Outcome.Inconclusive, also: Others),
        Release("API-2", "another pod answered", "'other-0' is not among its pods", release => release.Audit = release.Audit! with { Pod = "other-0" }, Outcome.Inconclusive, also: Others),
    ];

    private static IEnumerable<Mutation> Places =>
    [
        Release("API-9", "one lone file", "volume data (expected at least two)", release => release.Audit = release.Audit! with { Devices = [release.Audit.Devices[0]] }, also: "API-2"),
        Release("API-9", "two files on one volume", "volume data", release => release.Audit = release.Audit! with
        {
            Devices = [release.Audit.Devices[0], At(release.Audit.Devices[0], "/vault/data/second.log") with { Path = "second/" }],
        }, also: "API-2"),
        Release("API-9", "a socket beside the file", "", release => release.Audit = release.Audit! with { Devices = [release.Audit.Devices[0], Socket] }, Outcome.Passed),
        Release("API-2", "two sockets", "out of the pod", release => release.Audit = release.Audit! with { Devices = [Socket, Socket with { Path = "second/", Type = "syslog" }] }, Outcome.Inconclusive, also: "API-10"),
        Audited("API-9", "a volume that is nearly full", "9 % of 1024 MiB", device => device with { File = new AuditFile("600", 1048576, 104857) }),
        Audited("API-9", "a tenth is left", "", device => device with { File = new AuditFile("600", 1048576, 104858) }, Outcome.Passed),
        Audited("API-9", "space that is not known", "does not show it", device => device with { File = new AuditFile("600", null, null) }, Outcome.Inconclusive),
        Audited("API-2", "a file on no volume", "is on no volume", device => At(device, "/var/log/audit.log")),
        Release("API-2", "a file that goes with the pod", "goes with the pod", release => release.Second.Admitted.Spec.Volumes[0] = new V1Volume { Name = "data", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("1Gi") } }, also: "HA-4"),
    ];

    private static IEnumerable<Mutation> Secrecy =>
    [
        Audited("API-10", "secrets as they are", "log_raw of audit device file/: on", device => With(device, "log_raw", "true") with { Trace = new AuditTrace(false, true) }),
        Audited("API-10", "accessors as they are", "hmac_accessor of audit device file/: off", device => With(device, "hmac_accessor", "false")),
        Audited("API-10", "the value beside its digest", "the value itself", device => device with { Trace = new AuditTrace(true, true) }),
        Audited("API-10", "a log that everybody reads", "mode of the file of audit device file/: 644", device => device with { File = device.File! with { Mode = "644" } }),
        Audited("API-10", "a log that a group reads", "", device => device with { File = device.File! with { Mode = "640" } }, Outcome.Passed),
        Audited("API-10", "a mode that is not known", "does not show it", device => device with { File = device.File! with { Mode = null } }, Outcome.Inconclusive),
    ];

    private static AuditDevice Socket => new(
        "socket/", "socket", new Dictionary<string, string> { ["address"] = "siem:9090" }, null, "what a device of type 'socket' writes leaves the pod", null, null);

    private static AuditDevice Unread(AuditDevice device) => device with { Trace = null, TraceProblem = "no 'tail' there", File = null, FileProblem = "no 'tail' there" };

    private static AuditDevice At(AuditDevice device, string path) => With(device, "file_path", path);

    private static AuditDevice With(AuditDevice device, string option, string value) =>
        device with { Options = new Dictionary<string, string>(device.Options) { [option] = value } };

    private static Mutation Audited(
        string control, string deviation, string reason, Func<AuditDevice, AuditDevice> change, Outcome outcome = Outcome.Failed, Requirement? level = null, params string[] also) => Release(
        control, deviation, reason, release => release.Audit = release.Audit! with { Devices = [.. release.Audit.Devices.Select(device => device.Destination == Log ? change(device) : device)] }, outcome, level, also);
}
