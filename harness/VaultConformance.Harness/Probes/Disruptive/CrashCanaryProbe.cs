using System.Globalization;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Waiting;
using k8s;
using k8s.Autorest;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Crashes a throw-away replica and looks for core files (CORE-5).</summary>
/// <param name="control">Access to the servers.</param>
/// <param name="wait">Waits.</param>
/// <param name="limits">How long.</param>
/// <param name="node">Access to the node; null where there is none.</param>
internal sealed class CrashCanaryProbe(
    ServerControl control, Wait wait, StepLimits limits, INodeAccess? node = null) : IProbe<CrashCanaryFacts>
{
    private const string NodeStoreScript = "for f in /var/lib/systemd/coredump/* /var/crash/*; do [ -e \"$f\" ] && echo \"$f\"; done; true";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    public ObservationKind<CrashCanaryFacts> Kind => ObservationKinds.CrashCanary;

    /// <inheritdoc />
    public async Task<CrashCanaryFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var (original, _) = await control.ChooseAsync(cancellationToken);
        var canary = CrashCanaryPod.CopyOf(original, control.RunId);
        await control.Client.CoreV1.CreateNamespacedPodAsync(canary, control.Namespace, cancellationToken: cancellationToken);
        try
        {
            return await CrashAsync(canary.Metadata.Name, ServerProduct.FindServerContainer(original).Name, cancellationToken);
        }
        finally
        {
            await RemoveAsync(canary.Metadata.Name);
        }
    }

    private async Task<CrashCanaryFacts> CrashAsync(string pod, string container, CancellationToken cancellationToken)
    {
        var before = await ListNodeStoreAsync(cancellationToken);
        var server = await WaitForServerAsync(pod, container, cancellationToken);
        var known = await ListCoresAsync(pod, container, cancellationToken);
        await control.RunScriptAsync(pod, container, FormattableString.Invariant($"kill -ABRT {server.Pid}"), cancellationToken);
        var exitCode = await ExitCodeAsync(pod, container, cancellationToken);
        var found = await ListCoresAsync(pod, container, cancellationToken);
        var after = await ListNodeStoreAsync(cancellationToken);
        return new CrashCanaryFacts(
            pod,
            server.CorePattern,
            server.CoreLimit,
            exitCode,
            [.. found.Except(known)],
            after is null ? null : [.. after.Except(before ?? [])]) { Waited = limits.Step };
    }

    private async Task<IReadOnlyList<string>> ListCoresAsync(string pod, string container, CancellationToken cancellationToken)
    {
        var files = await control.RunScriptAsync(pod, container, CrashCanaryScripts.FindCores, cancellationToken);
        return [.. files.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
    }

    private Task<CanaryServer> WaitForServerAsync(string pod, string container, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal(
            $"the server of the throw-away replica '{pod}' to run", limits.Helper, Interval, "See the events of the namespace.")
        {
            GrowsWithTimeout = true,
        };
        return wait.UntilAsync<CanaryServer>(
            goal,
            async token =>
            {
                var seen = await control.Client.CoreV1.ReadNamespacedPodAsync(pod, control.Namespace, cancellationToken: token);
                if (PodStartup.FindHopelessReason(seen) is { } reason)
                {
                    return new Sighting<CanaryServer>.Hopeless(reason);
                }

                if (!PodStartup.Runs(seen))
                {
                    return new Sighting<CanaryServer>.NotYet($"the pod is {seen.Status.Phase}");
                }

                var output = await control.RunScriptAsync(pod, container, CrashCanaryScripts.FindServer, token);
                if (await LookForExitAsync(pod, container, token) is Sighting<string>.Reached ended)
                {
                    return new Sighting<CanaryServer>.Hopeless($"its server ended by itself with exit code {ended.Value}");
                }

                return CrashCanaryScripts.ReadServer(output.Output) is { } server
                    ? new Sighting<CanaryServer>.Reached(server)
                    : new Sighting<CanaryServer>.NotYet("no server process yet");
            },
            cancellationToken);
    }

    private async Task<int?> ExitCodeAsync(string pod, string container, CancellationToken cancellationToken)
    {
        var goal =
            new WaitGoal($"the server of '{pod}' to die of SIGABRT", limits.Step, Interval, "It did not, which is the observation.");
        try
        {
            return int.Parse(
                await wait.UntilAsync(goal, token => LookForExitAsync(pod, container, token), cancellationToken),
                CultureInfo.InvariantCulture);
        }
        catch (WaitFailedException exception) when (exception.TimedOut)
        {
            return null;
        }
    }

    private async Task<Sighting<string>> LookForExitAsync(string pod, string container, CancellationToken cancellationToken)
    {
        await using var log = await control.Client.CoreV1.ReadNamespacedPodLogAsync(
            pod, control.Namespace, container, tailLines: 5, cancellationToken: cancellationToken);
        using var reader = new StreamReader(log);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var at = text.LastIndexOf(CrashCanaryPod.ExitMarker, StringComparison.Ordinal);
        return at < 0
            ? new Sighting<string>.NotYet("the server runs")
            : new Sighting<string>.Reached(text[(at + CrashCanaryPod.ExitMarker.Length)..].Split('\n')[0].Trim());
    }

    private async Task<IReadOnlyList<string>?> ListNodeStoreAsync(CancellationToken cancellationToken)
    {
        if (node is null)
        {
            return null;
        }

        var result = await node.RunOnNodeAsync(["sh", "-c", NodeStoreScript], cancellationToken);
        return [.. result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    // A run that is being cancelled must still remove its replica.
    private async Task RemoveAsync(string pod)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await control.Client.CoreV1.DeleteNamespacedPodAsync(
                pod, control.Namespace, gracePeriodSeconds: 0, cancellationToken: limit.Token);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return;
        }
    }
}
