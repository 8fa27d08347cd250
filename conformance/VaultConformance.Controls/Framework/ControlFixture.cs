using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Framework;

/// <summary>
/// Base of the fixtures of a family. A control asks <see cref="Target"/> for observations and says with <see cref="Check{T}"/> what it
/// found; the outcome follows from the findings. A check does not throw: one control reports everything that is wrong at once.
/// </summary>
public abstract partial class ControlFixture
{
    private ControlRun? _run;
    private Target? _target;

    /// <summary>What is judged.</summary>
    protected Target Target => _target ?? throw CreateNotRunning();

    /// <summary>Parameters of the profile.</summary>
    protected ProfileParameters Parameters => Run.Session.Profile.Parameters;

    /// <summary>Cancelled with the run and at the control's time limit.</summary>
    protected CancellationToken Cancellation => Run.Cancellation;

    private ControlRun Run => _run ?? throw CreateNotRunning();

    /// <summary>Connects the fixture to the run of one control.</summary>
    internal void Begin(ControlRun run)
    {
        _run = run;
        _target = run.Consulted.Watch(run.Session.Target);
    }

    /// <summary>
    /// Judges every server pod. What cannot be observed in one pod, or goes wrong there, does not hide what fails in another.
    /// </summary>
    /// <param name="judge">Judges one pod.</param>
    protected async Task JudgeEachServerPodAsync(Func<ServerPod, CancellationToken, Task> judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        var (objects, pods) = await RequireServerPodsAsync();
        ExceptionDispatchInfo? defect = null;
        foreach (var pod in pods)
        {
            using var part = Run.Consulted.BeginPart();
            try
            {
                Report(pod.Name, Run.Session.JudgeDeclared(pod.Admitted, objects));
                await JudgePartAsync(pod.Name, () => judge(pod, Cancellation));
            }
            catch (Exception exception) when (!Cancellation.IsCancellationRequested)
            {
                defect ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        defect?.Throw();
    }

    /// <summary>Judges what is one for all servers, such as what is written into them. It rests on all pods being the release's.</summary>
    /// <param name="judge">Judges it.</param>
    protected async Task JudgeServersAsync(Func<CancellationToken, Task> judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        var (objects, pods) = await RequireServerPodsAsync();
        foreach (var pod in pods)
        {
            Report(pod.Name, Run.Session.JudgeDeclared(pod.Admitted, objects));
        }

        await judge(Cancellation);
    }

    private async Task<(AdmittedObjects Objects, IReadOnlyList<ServerPod> Pods)> RequireServerPodsAsync()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        var pods = await Target.FindServerPodsAsync(Cancellation);
        if (pods.Count == 0)
        {
            ConcludeInconclusive("the release has no server pod");
        }

        ReportCount(ServerPodCount.Judge(objects));
        using (Run.Consulted.BeginPart())
        {
            foreach (var (subject, doubt) in await SubjectDoubts.FindAsync(objects, pods, Cancellation))
            {
                Report(subject, doubt);
            }
        }

        return (objects, pods);
    }

    /// <summary>Judges one part of a control; what keeps it from being judged becomes a finding and the other parts go on.</summary>
    /// <param name="subject">Pod or other thing the part is about.</param>
    /// <param name="judge">Judges the part.</param>
    protected async Task JudgePartAsync(string subject, Func<Task> judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        using var part = Run.Consulted.BeginPart();
        try
        {
            await judge();
        }
        catch (ObservationUnavailableException exception)
        {
            Run.AddUnavailable(subject, exception);
        }
        catch (ControlEndedException exception)
        {
            Run.Add(new Finding(subject, string.Empty, string.Empty, exception.Message, exception.Outcome));
        }
    }

    /// <summary>The sandbox that a pod runs in; null when it runs in none.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    private protected async Task<Sandbox?> FindSandboxAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(pod.Admitted.Spec.RuntimeClassName))
        {
            return null;
        }

        var nodes = (await Target.ObserveAsync(ObservationKinds.Cluster, cancellationToken)).Nodes;
        return Sandbox.From(
            pod.Admitted,
            await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken),
            (await pod.ObserveAsync(ObservationKinds.CoreSettings, cancellationToken)).KernelRelease,
            nodes.FirstOrDefault(node => node.Name == pod.Admitted.Spec.NodeName)?.KernelVersion);
    }

    /// <summary>Ends the control (or the part of it): it does not apply.</summary>
    [DoesNotReturn]
    protected static void ConcludeNotApplicable(string reason) => throw new ControlEndedException(Outcome.NotApplicable, reason);

    /// <summary>Ends the control (or the part of it): it cannot be told.</summary>
    [DoesNotReturn]
    protected static void ConcludeInconclusive(string reason) => throw new ControlEndedException(Outcome.Inconclusive, reason);

    /// <summary>Lowers the level because of circumstances; never raises it.</summary>
    protected void LowerLevel(Requirement level, string reason) => Run.LowerLevel(level, reason);

    private static InvalidOperationException CreateNotRunning() => new("A control runs only as a test marked with [Control].");
}
