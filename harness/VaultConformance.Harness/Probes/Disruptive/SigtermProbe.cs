using System.Globalization;
using k8s;
using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Sends SIGTERM to PID 1 of a server container, past the preStop hook, and watches whether the container ends (PROC-1).</summary>
/// <param name="control">Access to the servers.</param>
/// <param name="wait">Waits.</param>
/// <param name="limits">How long.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class SigtermProbe(ServerControl control, Wait wait, StepLimits limits, TimeProvider timeProvider) : IProbe<SigtermFacts>
{
    // The kernel drops a default-action signal to the first process of a namespace at once; nothing comes of it later.
    private static readonly TimeSpan DroppedBudget = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc />
    public ObservationKind<SigtermFacts> Kind => ObservationKinds.Sigterm;

    /// <inheritdoc />
    public async Task<SigtermFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var (pod, _) = await control.ChooseAsync(cancellationToken);
        var container = ServerProduct.FindServerContainer(pod).Name;
        var restarts = ServerControl.FindStatus(pod)?.RestartCount ?? 0;
        await using var log = await ShutdownLog.FollowAsync(control, pod.Metadata.Name, container, cancellationToken);
        var budget = await ReadBudgetAsync(pod.Metadata.Name, container, cancellationToken);
        var started = timeProvider.GetTimestamp();
        await SendAsync(pod.Metadata.Name, container, cancellationToken);
        var ended = await EndAsync(pod.Metadata.Name, restarts, budget, cancellationToken);
        var took = timeProvider.GetElapsedTime(started);
        var (line, _) = await log.ReadShutdownLineAsync(ended is null ? TimeSpan.Zero : limits.Afterwards);
        if (ended is not null)
        {
            await control.RecoverAsync(pod.Metadata.Name, cancellationToken);
        }

        return new SigtermFacts(pod.Metadata.Name, ended is not null, ended?.ExitCode, ended is null ? null : took, budget, line);
    }

    private async Task<TimeSpan> ReadBudgetAsync(string pod, string container, CancellationToken cancellationToken)
    {
        // A first process that blocks the signal waits for it, as tini does; only one that neither catches nor blocks it loses it.
        var status = await control.RunScriptAsync(
            pod,
            container,
            "while read -r key value; do case $key in SigCgt: | SigBlk:) echo $value ;; esac; done < /proc/1/status",
            cancellationToken);
        var masks = status.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(
                line => ulong.TryParse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask) ? mask : ulong.MaxValue)
            .DefaultIfEmpty(ulong.MaxValue);
        return masks.All(mask => (mask & SignalMasks.Terminate) == 0) ? DroppedBudget : limits.Server;
    }

    // The exec session dies with the container when the signal works, so that its own end says nothing.
    private async Task SendAsync(string pod, string container, CancellationToken cancellationToken)
    {
        try
        {
            await control.RunScriptAsync(pod, container, "kill -TERM 1", cancellationToken);
        }
        catch (PodExecException exception) when (exception.Failure == ExecFailure.NoStatus)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<V1ContainerStateTerminated?> EndAsync(string pod, int restarts, TimeSpan budget, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal(
            $"the container of pod '{pod}' to end after SIGTERM", budget, Interval, "It did not end, which is the observation.");
        try
        {
            return await wait.UntilAsync(goal, token => LookAsync(pod, restarts, token), cancellationToken);
        }
        catch (WaitFailedException exception) when (exception.TimedOut)
        {
            return null;
        }
    }

    private async Task<Sighting<V1ContainerStateTerminated>> LookAsync(string name, int restarts, CancellationToken cancellationToken)
    {
        var pod = await control.Client.CoreV1.ReadNamespacedPodAsync(name, control.Namespace, cancellationToken: cancellationToken);
        var status = ServerControl.FindStatus(pod);
        var ended = status?.State?.Terminated ?? (status?.RestartCount > restarts ? status.LastState?.Terminated : null);
        return ended is null
            ? new Sighting<V1ContainerStateTerminated>.NotYet("the container runs")
            : new Sighting<V1ContainerStateTerminated>.Reached(ended);
    }
}
