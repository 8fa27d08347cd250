using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

internal static class ProcessMutations
{
    public static IReadOnlyList<Mutation> All =>
    [
        Pod("PROC-1", "shell as PID 1, compensated", "sh (/bin/sh -ec) (tolerated: PROC-2 and PROC-3 show a clean shutdown)", AsShell),
        Release("PROC-1", "shell as PID 1, not compensated", "(PROC-2 and PROC-3 do not show a clean shutdown)", release =>
        {
            AsShell(release.Second);
            release.Deletion = release.Deletion! with { ExitCode = 137 };
        }, also: "PROC-2"),
        Release("PROC-1", "shell as PID 1, compensation unknown", "could not be determined", release =>
        {
            AsShell(release.Second);
            release.Deletion = null;
        }, also: "PROC-2"),
        Release("PROC-1", "shell as PID 1, and of the hook not all is known", "(whether PROC-2 and PROC-3 show a clean shutdown could not be determined: PROC-3: commands of the preStop hook that could not be looked up: kill)", release =>
        {
            AsShell(release.Second);
            release.Second.PreStop = release.Second.PreStop! with { Words = ["/bin/sh", "sleep", ":"] };
        }, also: "PROC-3"),
        Release("PROC-1", "shell as PID 1, and the end of the deleted pod was not seen", "could not be determined: PROC-2: exit code of the active server: it was never seen)", release =>
        {
            AsShell(release.Second);
            release.Deletion = release.Deletion! with { ExitCode = null };
        }, also: "PROC-2"),
        Release("PROC-1", "shell as PID 1, one that fails and one that is open", "(PROC-2 and PROC-3 do not show a clean shutdown)", release =>
        {
            AsShell(release.Second);
            release.Deletion = release.Deletion! with { ExitCode = null };
            release.Second.PreStop = release.Second.PreStop! with { Missing = ["kill"] };
        }, also: ["PROC-2", "PROC-3"]),
        Pod("PROC-1", "Vault itself as PID 1", "Vault", pod => pod.Processes = pod.Processes! with
        {
            Processes = [CompliantPod.Process(1, 0, "vault", ["vault", "server", $"-config={CompliantPod.ConfigPath}"])],
        }, Outcome.Passed),
        Pod("PROC-4", "a second listener does not reload", "certificate after SIGHUP on port 8443 (SHA-256): aa", pod =>
        {
            pod.Reload = pod.Reload! with { Ports = [new ReloadedPort(8200, pod.Reload.Before, "bb"), new ReloadedPort(8443, "aa", "aa")] };
        }),
        Pod("PROC-4", "not every port was checked", "ports that were not checked after SIGHUP: 8200", pod =>
        {
            pod.Reload = pod.Reload! with { Ports = [new ReloadedPort(8443, "aa", "bb")] };
        }, Outcome.Inconclusive),
        Pod("PROC-1", "Vault ignores SIGTERM", "ignores or blocks: SIGTERM", pod => pod.ChangeVault(vault => vault with { Signals = vault.Signals with { Ignored = SignalMasks.Terminate } })),
        Pod("PROC-1", "init without a handler", "has no handler for: SIGTERM", pod => pod.ChangeInit(init => init with
        {
            Signals = init.Signals with { Caught = init.Signals.Caught & ~SignalMasks.Terminate },
        })),
        Release("PROC-1", "masks are right, behaviour is not", "still running after 15.0 s", release => release.Sigterm = new SigtermFacts(
            "vault-1", false, null, null, TimeSpan.FromSeconds(15), null)),
        Release("PROC-1", "behaviour not observed", "sigterm", release => release.Sigterm = null, Outcome.Inconclusive),
        Pod("PROC-1", "shared process namespace", "shares one process namespace", pod =>
        {
            pod.Admitted.Spec.ShareProcessNamespace = true;
        }, Outcome.Inconclusive, also: "PROC-5"),

        .. DisruptionMutations.All,

        Pod("PROC-3", "image without pidof", "that the image does not have: pidof", pod => pod.PreStop = pod.PreStop! with { Missing = ["pidof"] }),
        Pod("PROC-3", "sleep as long as the grace period", "5 s grace period less 5 s sleep", pod => pod.Admitted.Spec.TerminationGracePeriodSeconds = 5, also: "PROC-2"),
        Pod("PROC-3", "the chart's five seconds", "warning: vault-1: margin for the shutdown: 10 s grace period less 5 s sleep of the hook, at least 10 s (advised)", pod =>
            pod.Admitted.Spec.TerminationGracePeriodSeconds = 10, Outcome.Passed, null, "PROC-2"),
        Pod("PROC-3", "no hook at all", "no preStop command", pod =>
            (pod.PreStop, pod.Container.Lifecycle) = (new PreStopFacts([], [], []), null), Outcome.Passed),

        Pod("PROC-4", "old certificate served", "certificate after SIGHUP (SHA-256): aa", pod => pod.Reload = pod.Reload! with { After = "aa" }),
        Pod("PROC-4", "mount never updated", "never replaced", pod => pod.Reload = pod.Reload! with { MountUpdated = false, After = "aa" }),
        Pod("PROC-4", "restarted", "restarts during the reload: 1", pod => pod.Reload = pod.Reload! with { RestartsAfter = 1, StartTimeUnchanged = false }),
        Pod("PROC-4", "nothing was replaced", "so that nothing can be seen", pod => pod.Reload = pod.Reload! with { Replacement = pod.Reload.Before }, Outcome.Inconclusive),

        Pod("PROC-5", "stranger in the container", "sshd (PID 20)", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(20, 1, "sshd", ["sshd"])],
        }),
        Pod("PROC-5", "zombie", "vault (PID 21)", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(21, 1, "vault", []) with { State = "Z" }],
        }),
        Pod("PROC-5", "probe in the same container is not the workload", "", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(30, 0, "vault", ["vault", "status"])],
        }, Outcome.Passed),
        Release("PROC-5", "declared sidecar and process", "", release =>
        {
            release.Second.Admitted.Spec.Containers.Add(CoreMutations.Sidecar());
            release.Second.Sidecars["agent"] = new ProcessTable([CompliantPod.Process(1, 0, "agent", ["agent"])], CompliantPod.Limits());
            release.Profile = profile => profile with { Parameters = profile.Parameters with { DeclaredContainers = ["agent"] } };
        }, Outcome.Passed),
    ];

    /// <summary>Hooks and processes that only look harmless.</summary>
    public static IReadOnlyList<Mutation> Further =>
    [
        Pod("PROC-1", "tini, which blocks all signals and waits for them", "", pod => pod.ChangeInit(init => init with
        {
            Comm = "tini", CommandLine = ["/sbin/tini", "--", "vault", "server"], Executable = "/sbin/tini", Signals = new SignalMasks(0x7ffbfeff, 0, 0),
        }), Outcome.Passed),
        Pod("PROC-1", "init that ignores SIGTERM", "has no handler for: SIGTERM", pod => pod.ChangeInit(init => init with
        {
            Signals = init.Signals with { Ignored = SignalMasks.Terminate },
        })),
        Pod("PROC-1", "Vault whose masks the kernel does not show", "does not show its signal masks", pod => pod.ChangeVault(vault => vault with
        {
            Signals = new SignalMasks(null, null, null),
        }), Outcome.Inconclusive),

        Hooked("hook that waits a minute", "60 s grace period less 60 s sleep", "sleep 1m; kill 7"),
        Hooked("hook that waits a quoted time", "60 s grace period less 90 s sleep", "sleep \"90\"; kill 7"),
        Hooked("hook that waits as long as a variable says", "a sleep whose time is not written in it", "sleep $X; kill 7", Outcome.Inconclusive),
        Hooked("hook that waits in a loop", "a sleep in a loop", "until curl -k https://x; do sleep 1; done; kill 7", Outcome.Inconclusive, "curl"),
        Hooked("hook whose command is a variable", "a command that depends on a variable", "$P vault; kill 7", Outcome.Inconclusive),
        Hooked("hook behind time limits that are short enough", "", "timeout 5 sleep 100; kill 7", Outcome.Passed, "timeout"),
        Hooked("hook with a command that nobody looked up", "could not be looked up: pkill", "sleep 1; pkill vault", Outcome.Inconclusive),
        Pod("PROC-3", "hook that is a request", "a request", pod => pod.Container.Lifecycle.PreStop = new V1LifecycleHandler
        {
            HttpGet = new V1HTTPGetAction { Path = "/stop", Port = 1 },
        }, Outcome.Inconclusive),
        Pod("PROC-3", "hook that only waits, for as long as there is", "60 s grace period less 60 s", pod => pod.Container.Lifecycle.PreStop = new V1LifecycleHandler
        {
            Sleep = new V1SleepAction { Seconds = 60 },
        }),
        Pod("PROC-3", "another hook than was checked", "another one than the pod has", pod => pod.Container.Lifecycle.PreStop.Exec.Command = ["/bin/sh", "-c", "sleep 1; kill 7"],
            Outcome.Inconclusive),

        Extra("busybox as a web server", "httpd (PID 20): httpd -f", process => process with { Comm = "httpd", CommandLine = ["httpd", "-f"], Executable = "/bin/busybox" }),
        Extra("busybox as a web server under the name of a shell", "sh (PID 20): busybox httpd", process => process with { Comm = "sh", CommandLine = ["busybox", "httpd"], Executable = "/bin/busybox" }),
        Extra("agent beside the server", "vault (PID 20): vault agent", process => process with { Comm = "vault", CommandLine = ["vault", "agent"], Executable = CompliantPod.Binary }),
        Extra("shell beside the server", "sh (PID 20): sh -c", process => process with { Comm = "sh", CommandLine = ["sh", "-c", "while :; do :; done"], Executable = "/bin/busybox" }),
        Pod("PROC-5", "hook that never ended", "processes that were started beside the container's own: sh (PID 30)", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(30, 0, "sh", ["/bin/sh", "-c", "while :; do :; done"])],
        }),
        Pod("PROC-5", "the look itself is no stranger", "", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(4000, 0, "sh", ["sh", "-s"]), CompliantPod.Process(4001, 4000, "cat", ["cat"])],
        }, Outcome.Passed),
        Pod("PROC-5", "somebody's session, and nobody knows whose", "was not recorded", pod => pod.Processes = pod.Processes! with
        {
            SessionPid = null, Processes = [.. pod.Processes.Processes, CompliantPod.Process(4000, 0, "sh", ["sh", "-s"])],
        }, Outcome.Inconclusive),
        Pod("PROC-5", "shared process namespace, judged by the container's own processes", "shareProcessNamespace: true", pod =>
        {
            pod.Admitted.Spec.ShareProcessNamespace = true;
            pod.Processes = pod.Processes! with
            {
                Processes =
                [
                    CompliantPod.Process(1, 0, "pause", ["/pause"]) with { InContainer = false, Uids = [65535, 65535, 65535, 65535] },
                    .. pod.Processes.Processes.Select(process => process with { Pid = process.Pid + 10, ParentPid = process.ParentPid == 0 ? 0 : process.ParentPid + 10, InContainer = true }),
                ],
            };
        }, also: "PROC-1"),
    ];

    private static Mutation Hooked(string deviation, string reason, string script, Outcome outcome = Outcome.Failed, params string[] alsoThere) => Pod("PROC-3", deviation, reason, pod =>
    {
        string[] command = ["/bin/sh", "-c", script];
        pod.Container.Lifecycle.PreStop.Exec.Command = command;
        pod.PreStop = new PreStopFacts(command, ["/bin/sh", "sleep", "kill", "until", .. alsoThere], []);
    }, outcome);

    private static Mutation Extra(string deviation, string reason, Func<ProcessFacts, ProcessFacts> change) => Pod("PROC-5", deviation, reason, pod => pod.Processes = pod.Processes! with
    {
        Processes = [.. pod.Processes.Processes, change(CompliantPod.Process(20, 1, "extra", ["extra"]))],
    });

    private static void AsShell(PodEvidence pod) => pod.ChangeInit(init => init with
    {
        Comm = "sh", CommandLine = ["/bin/sh", "-ec", "cp …"], Executable = "/bin/busybox", Signals = new SignalMasks(0, 4, 0x10002),
    });
}
