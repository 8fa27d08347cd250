using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.CoreDumps;
using VaultConformance.Judging.Processes;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Core dumps and other artefacts of memory on disk.</summary>
[Family]
public sealed class CoreDumpControls : ControlFixture
{
    private const string LimitFact = "core file limit (soft/hard)";
    private const int AbortedExitCode = 134;

    [Control(
        "CORE-1", 1, Requirement.Must,
        Evidence = ["processes: processes[].limits.coreFileSize"])]
    public Task Vault_process_can_never_write_a_core_file() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        foreach (var server in (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers())
        {
            CheckLimit(pod.Name, $"{LimitFact} of {server.DescribeLabel()}", server.Limits?.CoreFileSize);
        }
    });

    [Control(
        "CORE-2", 2, Requirement.Should,
        Evidence = ["processes: processes[].limits.coreFileSize", "processes: execSession.coreFileSize"])]
    public Task Core_limit_of_zero_is_inherited_by_every_process_of_the_pod() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        await JudgePartAsync(pod.Name, async () => JudgeInherited(pod.Name, await pod.ObserveProcessesAsync(cancellationToken)));
        foreach (var sidecar in pod.Sidecars)
        {
            var subject = $"{pod.Name}/{sidecar}";
            await JudgePartAsync(
                subject, async () => JudgeInherited(subject, await pod.ObserveSidecarProcessesAsync(sidecar, cancellationToken)));
        }
    });

    [Control(
        "CORE-3", 2, Requirement.Should,
        Evidence = ["core-settings: corePattern", "core-settings: suidDumpable"])]
    public Task Core_handler_of_the_node_respects_the_limit() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        if (await FindSandboxAsync(pod, cancellationToken) is { } sandbox)
        {
            Report(pod.Name, sandbox.Proven
                ? Judgement.Irrelevant("core_pattern of the node", $"'{sandbox.Handler}' gives the pod a kernel of its own")
                : Judgement.Unknown(
                    "core_pattern of the node",
                    "that of the pod's kernel",
                    $"the runtime class names '{sandbox.Handler}', but which kernel the pod sees was not recorded"));
            return;
        }

        var settings = await pod.ObserveAsync(ObservationKinds.CoreSettings, cancellationToken);
        var accepted = Parameters.AcceptedCoreHandlers;
        Check(
            pod.Name,
            "core_pattern of the node",
            CoreHandler.RespectsLimit(settings.CorePattern, accepted),
            $"a file name, or a handler that respects the limit ({string.Join(", ", CoreHandler.ListPaths(accepted))})",
            $"'{settings.CorePattern}' on node {pod.Admitted.Spec.NodeName ?? "unknown"}",
            $"The node hands core dumps to '{settings.CorePattern}', which does not respect the core limit.");
        if (settings.SuidDumpable is { } dumpable)
        {
            Check(
                pod.Name, "fs.suid_dumpable of the node", dumpable, Is.Zero, $"fs.suid_dumpable of the node is {dumpable}; it must be 0.");
        }
        else
        {
            CannotTell(pod.Name, "fs.suid_dumpable of the node", "0", "it could not be read");
        }
    });

    [Control(
        "CORE-4", 2, Requirement.Must,
        ValueKeys =
        [
            ChartValues.Variables + ".GOTRACEBACK", ChartValues.ProductVariable + "STACKTRACE_WRITE_TO_FILE",
            ChartValues.Standalone + "#enable_post_unseal_trace", ChartValues.Raft + "#enable_post_unseal_trace",
            ChartValues.Ha + "#enable_post_unseal_trace", "server.extraArgs",
        ],
        Evidence = ["processes: processes[].environment.settings", "files: leftovers", "files: loadedConfig[].text"])]
    public Task Nothing_forces_dumps_or_writes_memory_profiles() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        await JudgePartAsync(pod.Name, async () =>
        {
            foreach (var server in (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers())
            {
                var triggers = DumpTriggers.From(server, new EffectiveEnvironment(server, pod.Admitted, pod.Container));
                Report(pod.Name, triggers.Judge(server));
                Report(pod.Name, triggers.Unknown.Select(unknown => Judgement.Unknown("settings that write memory", "none", unknown)));
            }
        });
        var files = await pod.ObserveAsync(ObservationKinds.Files, cancellationToken);
        Report(pod.Name, Judgement.None("core files and profiles on disk", files.Leftovers.Where(path => !Leftovers.IsSecretTrace(path)))
            .Saying(found => $"Core files or profiles are on disk: {found}."));
        Report(pod.Name, DumpTriggers.JudgeTracing(
            ServerConfiguration.RequireLoaded(files, (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers())));
    });

    [Control(
        "CORE-5", 2, Requirement.Should, Disruptive = true,
        Evidence =
        [
            "crash-canary: exitCode", "crash-canary: coreLimit", "crash-canary: corePattern", "crash-canary: newFiles",
            "crash-canary: nodeStore",
        ])]
    public async Task Crash_of_a_throw_away_replica_leaves_no_core_file()
    {
        var crash = await Target.ObserveAsync(ObservationKinds.CrashCanary, Cancellation);
        await JudgeCrashedAsync(crash);
        if (crash.ExitCode is not { } exitCode)
        {
            ConcludeInconclusive(
                $"the end of {crash.Pod} was not seen within "
                    + $"{(crash.Waited is { } waited ? GracefulStop.FormatSeconds(waited) : "the time of the probe")}, so that nothing is "
                    + "proved; a slow machine needs a longer --timeout");
            return;
        }

        if (exitCode != AbortedExitCode)
        {
            ConcludeInconclusive($"{crash.Pod} ended with exit code {exitCode} instead of {AbortedExitCode}: "
                + "the crash did not reach the kernel's core dump code, so that nothing is proved");
        }

        Report(crash.Pod, CrashRemains.Judge(crash));
        if (crash.NodeStore is { } store)
        {
            Report(crash.Pod, Judgement.None("files in the node's handler store after the crash", store)
                .Saying(found => $"The node's core handler kept files of the crash: {found}."));
        }
        else if (crash.CorePattern.StartsWith('|') || crash.CorePattern.StartsWith('@'))
        {
            CannotTell(
                crash.Pod,
                "files in the node's handler store after the crash",
                "none",
                "dumps go to a handler whose store cannot be checked");
        }
    }

    private async Task JudgeCrashedAsync(CrashCanaryFacts crash)
    {
        var pods = await Target.FindServerPodsAsync(Cancellation);
        var patterns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            patterns.UnionWith(
                await pod.FindAsync(ObservationKinds.CoreSettings, Cancellation) is { } settings ? [settings.CorePattern] : []);
        }

        Report(crash.Pod, CrashRemains.JudgeSubject(crash, [.. pods.Select(pod => pod.Name)], patterns));
    }

    private void JudgeInherited(string subject, ProcessTable table)
    {
        CheckLimit(subject, $"{LimitFact} that the runtime gives", table.ExecSession.CoreFileSize);
        CheckLimit(subject, $"{LimitFact} of PID 1", table.RequireInit().Limits?.CoreFileSize);
        var others = table.Workload.Where(process => process.Limits is { } limits && limits.CoreFileSize != ResourceLimit.Zero);
        Report(subject, Judgement.None("processes with another core file limit than 0/0", others.Select(Servers.DescribeLabel))
            .Saying(found => $"Processes may write core files: {found}."));
        var unreadable =
            table.Workload.Where(process => process.Limits is null && process.State != "Z").Select(Servers.DescribeLabel).ToList();
        if (unreadable.Count > 0)
        {
            CannotTell(subject, "processes whose limits could not be read", "none", string.Join(", ", unreadable));
        }
    }

    private void CheckLimit(string subject, string fact, ResourceLimit? limit)
    {
        if (limit is null)
        {
            CannotTell(subject, fact, ResourceLimit.Zero.ToString(), "the limits could not be read");
        }
        else
        {
            Check(
                subject,
                fact,
                limit,
                Is.EqualTo(ResourceLimit.Zero),
                $"The {fact.Replace(" (soft/hard)", string.Empty, StringComparison.Ordinal)} is {limit}; it must be 0.");
        }
    }
}
