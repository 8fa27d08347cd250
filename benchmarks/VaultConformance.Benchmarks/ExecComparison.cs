using System.Diagnostics;
using System.Globalization;
using CliWrap;
using k8s;
using k8s.Models;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Passive;
using VaultConformance.Harness.Products;

namespace VaultConformance.Benchmarks;

/// <summary>
/// What it costs to look into the pods of a release: one exec for each pod with everything in it, against one <c>kubectl exec</c> for each
/// check and pod, as scripts around kubectl do it. Both look at the same things in the same pods.
/// </summary>
/// <param name="client">Client for the cluster.</param>
/// <param name="kubeconfig">The same cluster for kubectl.</param>
/// <param name="pods">The server pods.</param>
internal sealed class ExecComparison(IKubernetes client, string kubeconfig, IReadOnlyList<PodContainer> pods)
{
    private const int Rounds = 5;

    // What the one script gathers, as twenty separate looks.
    private static readonly string[] Checks =
    [
        .. new[] { "status", "comm", "cmdline", "limits", "stat", "uid_map", "attr/current" }.Select(
            part => $"cat /proc/[0-9]*/{part} 2>/dev/null; true"),
        "cat /proc/self/limits", "cat /proc/1/mounts", "cat /proc/swaps", "cat /proc/sys/kernel/core_pattern",
        "cat /proc/sys/kernel/core_uses_pid",
        "cat /proc/sys/fs/suid_dumpable", "cat /sys/fs/cgroup/memory*/memory.limit_in_bytes /sys/fs/cgroup/memory.max "
            + "2>/dev/null; true", "cat /proc/net/tcp", "cat /proc/net/tcp6",
        "touch /.vc-probe; true", "touch /tmp/.vc-probe && rm /tmp/.vc-probe; true", "ls -l /vault/config /tmp; true",
        "command -v sh; command -v kill; true",
    ];

    /// <summary>Opens what <c>run --keep</c> left.</summary>
    /// <param name="file">The file that it named.</param>
    public static async Task<ExecComparison> OpenAsync(string file)
    {
        var kept = await KeptRelease.ReadAsync(file, CancellationToken.None);
        var kubeconfig = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, KeptTarget.KubeconfigName);
        var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        var pods = await client.CoreV1.ListNamespacedPodAsync(kept.Namespace, labelSelector: "component=server");
        return new ExecComparison(
            client,
            kubeconfig,
            [.. pods.Items.Select(pod => new PodContainer(kept.Namespace, pod.Name(), ServerProduct.FindServerContainer(pod).Name))]);
    }

    /// <summary>Measures both ways in turn and says the medians and their ratio.</summary>
    /// <param name="output">Where to say it.</param>
    public async Task SayAsync(TextWriter output)
    {
        await OneExecAsync();
        await KubectlAsync();
        List<double> one = [];
        List<double> many = [];
        for (var round = 0; round < Rounds; round++)
        {
            one.Add(await SecondsAsync(OneExecAsync));
            many.Add(await SecondsAsync(KubectlAsync));
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{pods.Count} pods, {Checks.Length} checks each: one exec per pod {Median(one):0.000} s, one kubectl exec per check "
                + $"{Median(many):0.000} s, ratio 1 : {Median(many) / Median(one):0.0}"));
    }

    private Task OneExecAsync()
    {
        var dumper = new PodDumper(new PodExecutor(client), TimeProvider.System, TimeSpan.FromMinutes(1));
        return Task.WhenAll(pods.Select(pod => dumper.TakeAsync(new DumpRequest(pod, [], ["sh", "kill"]), CancellationToken.None)));
    }

    private async Task KubectlAsync()
    {
        foreach (var pod in pods)
        {
            foreach (var check in Checks)
            {
                await new Command("kubectl")
                    .WithArguments([
                        "--kubeconfig", kubeconfig, "--namespace", pod.Namespace, "exec", pod.Pod, "--container", pod.Container, "--", "sh",
                        "-c", check
                    ])
                    .WithStandardOutputPipe(PipeTarget.ToStream(Stream.Null))
                    .WithStandardErrorPipe(PipeTarget.ToStream(Stream.Null))
                    .ExecuteAsync();
            }
        }
    }

    private static async Task<double> SecondsAsync(Func<Task> action)
    {
        var started = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
