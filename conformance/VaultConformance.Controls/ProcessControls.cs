using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Filesystem;
using VaultConformance.Judging.Processes;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.TransportSecurity;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Process model and signals.</summary>
[Family]
public sealed class ProcessControls : ControlFixture
{
    [Control(
        "PROC-1", 2, Requirement.Must, Disruptive = true,
        Evidence =
        [
            "processes: processes[].commandLine", "processes: processes[].signals", "sigterm: exitCode", "pod-deletion: exitCode",
            "pod-deletion: endedAfter",
        ])]
    public async Task Sigterm_to_pid_1_reaches_Vault()
    {
        var (leads, direct) = (true, true);
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            if (pod.Admitted.Spec.ShareProcessNamespace == true)
            {
                // PID 1 is the sandbox's: a signal to it would end the whole pod and prove nothing.
                leads = false;
                ConcludeInconclusive("the pod shares one process namespace, in which the container's own PID 1 cannot be told");
            }

            var table = await pod.ObserveProcessesAsync(cancellationToken);
            _ = table.RequireServers();
            leads &= SignalPath.Leads(table);
            direct &= SignalProof.IsDirect(table);
            Report(
                pod.Name,
                SignalPath.Judge(table, SignalPath.Leads(table) ? string.Empty : await DescribeCompensationAsync(pod, cancellationToken)));
        });
        if (leads)
        {
            await JudgePartAsync(Subjects.Release, () => JudgeSigtermAsync(direct));
        }
    }

    [Control(
        "PROC-2", 2, Requirement.Must,
        Disruptive = true,
        ValueKeys = ["server.preStop", "server.terminationGracePeriodSeconds", "server.preStopSleepSeconds"],
        Evidence =
        [
            "pod-deletion: exitCode", "pod-deletion: endedAfter", "pod-deletion: gracePeriodSeconds", "pod-deletion: shutdownLogged",
            "pod-deletion: hookFailures", "pod-deletion: newActive", "pod-deletion: failoverTook",
        ])]
    public async Task Deleting_a_pod_ends_Vault_gracefully()
    {
        var pods = await ListServerNamesAsync();
        var deletion = await Target.ObserveAsync(ObservationKinds.PodDeletion, Cancellation);
        var admitted = (await Target.FindServerPodsAsync(Cancellation)).Select(pod => pod.Admitted).ToList();
        foreach (var one in GracefulStop.ListDeletions(deletion))
        {
            Report(
                one.Pod,
                [.. GracefulStop.Judge(one, pods), .. GracefulStop.JudgeGrace(one, admitted.Find(pod => pod.Metadata.Name == one.Pod))]);
        }
    }

    [Control(
        "PROC-3", 2, Requirement.Must,
        ValueKeys = ["server.preStop", "server.terminationGracePeriodSeconds", "server.preStopSleepSeconds"],
        Evidence =
        [
            "pre-stop: command", "pre-stop: missing", "objects: pods[].spec.terminationGracePeriodSeconds",
            "objects: pods[].spec.containers[].lifecycle",
        ])]
    public Task Pre_stop_hook_works_and_leaves_time() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        Report(pod.Name, PreStopHook.Judge(
            await pod.ObserveAsync(ObservationKinds.PreStop, cancellationToken),
            pod.Admitted,
            pod.Container,
            Parameters.ShutdownBudgetSeconds)));

    [Control(
        "PROC-4", 2, Requirement.Should,
        Disruptive = true,
        ValueKeys =
        [
            "server.volumeMounts#subPath", ChartValues.Standalone + "#tls_cert_file", ChartValues.Raft + "#tls_cert_file",
            ChartValues.Ha + "#tls_cert_file",
        ],
        Evidence =
        [
            "certificate-reload: before", "certificate-reload: replacement", "certificate-reload: after", "certificate-reload: ports[]",
            "certificate-reload: startTimeUnchanged", "certificate-reload: reloadLogged",
        ])]
    public async Task Sighup_serves_a_renewed_certificate_without_restart()
    {
        if (Parameters.WithoutTls)
        {
            ConcludeNotApplicable("the profile declares that TLS is not used");
        }

        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var state = await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken);
            if (state.SanitizedConfig is not null && KeyMaterial.ListPaths(state).Count == 0)
            {
                ConcludeNotApplicable("no listener has a certificate, see TLS-1");
            }

            var listeners = state.SanitizedConfig is null ? [] : LoadedListener.List(state);
            var reload = await pod.ObserveAsync(ObservationKinds.CertificateReload, cancellationToken);
            Report(pod.Name, CertificateReload.Judge(reload, listeners));
            Report(pod.Name, CertificateReload.JudgeMounts(reload, listeners, pod.Container));
            Report(pod.Name, CertificateReload.JudgeBefore(
                reload,
                await pod.FindAsync(ObservationKinds.Listeners, cancellationToken) is { } seen ? ServedChain.LeavesByPort(seen) : null));
        });
    }

    [Control(
        "PROC-5", 2, Requirement.Should,
        ValueKeys = ["server.extraContainers", "server.shareProcessNamespace"],
        Evidence =
        [
            "processes: processes[].commandLine", "objects: pods[].spec.shareProcessNamespace",
            "objects: pods[].spec.containers[].image", "objects: pods[].spec.volumes[]",
        ])]
    public Task Container_runs_Vault_and_nothing_else() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        Report(pod.Name, ProcessHygiene.Judge(pod.Admitted, pod.Sidecars, Parameters));
        var table = await pod.ObserveProcessesAsync(cancellationToken);
        var servers = table.RequireServers();
        Report(pod.Name, SharedVolumes.Judge(pod.Admitted, pod.Container, pod.Sidecars, servers, Parameters.DeclaredContainers));
        Report(pod.Name, ProcessHygiene.Judge(table, pod.Container, Parameters));
    });

    private async Task<IReadOnlyCollection<string>> ListServerNamesAsync() =>
        [.. (await Target.FindServerPodsAsync(Cancellation)).Select(pod => pod.Name)];

    // Where nothing may be disrupted, masks alone prove something only when nobody stands between PID 1 and Vault.
    private async Task JudgeSigtermAsync(bool direct)
    {
        try
        {
            var facts = await Target.ObserveAsync(ObservationKinds.Sigterm, Cancellation);
            Report(Subjects.Release, [.. GracefulStop.JudgeSubject(facts.Pod, await ListServerNamesAsync()), GracefulStop.Judge(facts)]);
        }
        catch (ObservationUnavailableException exception) when (!direct && exception.Reason.Cause == UnavailableCause.DisruptionForbidden)
        {
            CannotTell(
                Subjects.Release,
                "effect of SIGTERM to PID 1",
                "the container ends with exit code 0 in time",
                "nothing may be disrupted, and another process stands between PID 1 and Vault, so that masks do not show whether the "
                    + "signal arrives");
        }
    }

    // A shell as PID 1 fails whatever else holds; that deletion works through the hook all the same is worth knowing.
    private async Task<string> DescribeCompensationAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        try
        {
            var hook = PreStopHook.Judge(
                await pod.ObserveAsync(ObservationKinds.PreStop, cancellationToken),
                pod.Admitted,
                pod.Container,
                Parameters.ShutdownBudgetSeconds);
            var servers = await ListServerNamesAsync();
            var deletion = GracefulStop.ListDeletions(await Target.ObserveAsync(ObservationKinds.PodDeletion, cancellationToken))
                .SelectMany(one => GracefulStop.Judge(one, servers));
            return GracefulStop.DescribeCompensation([.. deletion], [.. hook]);
        }
        catch (ObservationUnavailableException exception)
        {
            return $" (whether PROC-2 and PROC-3 show a clean shutdown could not be determined: {exception.Reason.Message})";
        }
    }
}
