using System.Diagnostics;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Testcontainers.K3s;
using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Building;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Building;

[Category("Cluster"), NonParallelizable, Explicit("Starts a cluster and installs what is missing; asked for by './run.sh test' or by its category.")]
public sealed class OfflineNodeTests
{
    private const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata: { name: probe }
        spec:
          terminationGracePeriodSeconds: 1
          containers: [{ name: pause, image: "rancher/mirrored-pause:3.6", imagePullPolicy: Never }]
        """;

    private string _image = "";

    [OneTimeSetUp]
    public async Task BuildNodeImage()
    {
        // The image that removes containers of a dead process cannot be pulled here; these tests remove theirs themselves.
        TestcontainersSettings.ResourceReaperEnabled = false;
        var paths = KitPaths.FromEnvironment(Environment.GetEnvironmentVariable);
        await new DockerEngine(paths, TimeProvider.System).EnsureAsync(SetupPolicy.Allow, new RecordedProgress(), CancellationToken.None);
        var request = new OfflineKitRequest(RepositoryFolders.Fixtures) { WithVaultImage = false };
        _image = (await new KitBuilder(paths, TimeProvider.System).BuildAsync(request, new RecordedProgress(), CancellationToken.None)).NodeImage;
    }

    [Test, CancelAfter(300_000)]
    public async Task Two_nodes_side_by_side_run_pods_and_let_them_go(CancellationToken cancellationToken)
    {
        await using var one = Node();
        await using var other = Node();
        await Task.WhenAll(one.StartAsync(cancellationToken), other.StartAsync(cancellationToken));

        await Task.WhenAll(RunPodAsync(one, cancellationToken), RunPodAsync(other, cancellationToken));

        foreach (var node in (K3sContainer[])[one, other])
        {
            Assert.That(await OutputAsync(node, "kubectl delete pod probe --timeout=90s && kubectl get pods --all-namespaces 2>&1", cancellationToken), Does.Contain("No resources found"));
        }
    }

    [Test, CancelAfter(300_000)]
    public async Task A_limit_of_the_node_is_a_limit_of_its_pods(CancellationToken cancellationToken)
    {
        await using var node = Node(parameters => (parameters.HostConfig ??= new HostConfig()).Ulimits = [new Ulimit { Name = "core", Soft = 0, Hard = 0 }]);
        await node.StartAsync(cancellationToken);
        await RunPodAsync(node, cancellationToken);

        Assert.That(await OutputAsync(node, "grep 'Max core' /proc/$(pgrep --newest --exact pause)/limits", cancellationToken), Does.Match(@"Max core file size\s+0\s+0\s"));
    }

    [TestCase(true)]
    [TestCase(false, "--disable-network-policy")]
    [CancelAfter(300_000)]
    public async Task Network_policies_are_enforced_unless_that_is_switched_off(bool enforced, params string[] options)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var node = Node(parameters => parameters.Cmd = [.. parameters.Cmd, .. options]);
        await node.StartAsync(cancellationToken);
        await node.CopyAsync(System.Text.Encoding.UTF8.GetBytes(PolicyTrial.Objects), "/objects.yaml", ct: cancellationToken);
        await node.CopyAsync(System.Text.Encoding.UTF8.GetBytes(PolicyTrial.Script), "/trial.sh", ct: cancellationToken);

        var lines = (await OutputAsync(node, "bash /trial.sh", cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines, Is.EqualTo(PolicyTrial.Expected(enforced)));
    }

    [Test, CancelAfter(300_000)]
    public async Task A_node_that_is_told_to_stop_stops_at_once(CancellationToken cancellationToken)
    {
        await using var node = Node();
        await node.StartAsync(cancellationToken);
        var watch = Stopwatch.StartNew();

        await node.StopAsync(cancellationToken);

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(await node.GetExitCodeAsync(cancellationToken), Is.Zero);
    }

    private K3sContainer Node(Action<CreateContainerParameters>? modify = null) =>
        new K3sBuilder(_image).WithCommand("--tls-san=127.0.0.1").WithCreateParameterModifier(modify ?? (_ => { })).Build();

    private static async Task RunPodAsync(K3sContainer node, CancellationToken cancellationToken)
    {
        await node.CopyAsync(System.Text.Encoding.UTF8.GetBytes(Pod), "/pod.yaml", ct: cancellationToken);
        await OutputAsync(node, "kubectl apply --filename=/pod.yaml && kubectl wait --for=condition=Ready pod/probe --timeout=90s", cancellationToken);
    }

    private static async Task<string> OutputAsync(DockerContainer node, string command, CancellationToken cancellationToken)
    {
        var result = await node.ExecAsync(["sh", "-c", command], cancellationToken);
        Assert.That(result.ExitCode, Is.Zero, $"{command}: {result.Stdout}{result.Stderr}");
        return result.Stdout;
    }
}
