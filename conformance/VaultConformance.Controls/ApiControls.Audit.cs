using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.Api;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Audit devices.</summary>
public sealed partial class ApiControls
{
    [Control(
        "API-2", 1, Requirement.Must,
        Evidence = ["audit: devices[]"])]
    public Task Every_request_is_audited_to_devices_that_keep_it() => JudgeAuditAsync(
        true, (audit, pod) => new AuditDevices(audit, pod.Admitted, pod.Container).Judge());

    [Control(
        "API-9", 1, Requirement.Must,
        Evidence = ["audit: devices[]"])]
    public Task Auditing_cannot_stop_the_server() => JudgeAuditAsync(
        false, (audit, pod) => new AuditStops(audit, pod.Admitted, pod.Container).Judge());

    [Control(
        "API-10", 1, Requirement.Must,
        Evidence = ["audit: devices[]"])]
    public Task Audit_logs_hold_no_secret_and_are_closed_to_others() => JudgeAuditAsync(false, (audit, _) => AuditSecrecy.Judge(audit));

    // That there is a device is what API-2 asks for; the others are about the devices that there are.
    private Task JudgeAuditAsync(bool needsOne, Func<AuditFacts, ServerPod, IEnumerable<Judgement>> judge) =>
        JudgeServersAsync(async cancellationToken =>
        {
            var audit = await Target.ObserveAsync(ObservationKinds.Audit, cancellationToken);
            if (audit.Devices.Count == 0 && !needsOne)
            {
                DoesNotApply(Subjects.Release, "audit devices", "there is none, which API-2 is about");
                return;
            }

            if ((await Target.FindServerPodsAsync(cancellationToken)).FirstOrDefault(pod => pod.Name == audit.Pod) is { } server)
            {
                Report(Subjects.Release, judge(audit, server));
                return;
            }

            CannotTell(Subjects.Release, "pod that served the request", "a server of the release", $"'{audit.Pod}' is not among its pods");
        });
}
