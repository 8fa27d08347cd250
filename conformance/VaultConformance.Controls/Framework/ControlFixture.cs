using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using NUnit.Framework.Constraints;
using VaultConformance.Controls.Bridge;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Framework;

/// <summary>
/// Base of the fixtures of a family. A control asks <see cref="Target"/> for observations and says with <see cref="Check{T}"/> what it found;
/// the outcome follows from the findings. A check does not throw: one control reports everything that is wrong at once.
/// </summary>
public abstract class ControlFixture
{
    private ControlRun? _run;
    private Target? _target;

    /// <summary>What is judged.</summary>
    protected Target Target => _target ?? throw NotRunning();

    /// <summary>Parameters of the profile.</summary>
    protected ProfileParameters Parameters => Run.Session.Profile.Parameters;

    /// <summary>Cancelled with the run and at the control's time limit.</summary>
    protected CancellationToken Cancellation => Run.Cancellation;

    private ControlRun Run => _run ?? throw NotRunning();

    /// <summary>Connects the fixture to the run of one control.</summary>
    internal void Begin(ControlRun run)
    {
        _run = run;
        _target = run.Consulted.Watch(run.Session.Target);
    }

    /// <summary>Judges every server pod. What cannot be observed in one pod, or goes wrong there, does not hide what fails in another.</summary>
    /// <param name="judge">Judges one pod.</param>
    protected async Task EachServerPodAsync(Func<ServerPod, CancellationToken, Task> judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        var pods = await Target.ServerPodsAsync(Cancellation);
        if (pods.Count == 0)
        {
            Inconclusive("the release has no server pod");
        }

        ReportCount(ServerPodCount.Judge(objects));
        using (Run.Consulted.BeginPart())
        {
            foreach (var (subject, doubt) in await SubjectDoubts.OfAsync(objects, pods, Cancellation))
            {
                Report(subject, doubt);
            }
        }

        ExceptionDispatchInfo? defect = null;
        foreach (var pod in pods)
        {
            using var part = Run.Consulted.BeginPart();
            try
            {
                Report(pod.Name, DeclaredPod.Judge(pod.Admitted, objects));
                await PartAsync(pod.Name, () => judge(pod, Cancellation));
            }
            catch (Exception exception) when (!Cancellation.IsCancellationRequested)
            {
                defect ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        defect?.Throw();
    }

    /// <summary>Judges one part of a control; what keeps it from being judged becomes a finding and the other parts go on.</summary>
    /// <param name="subject">Pod or other thing the part is about.</param>
    /// <param name="judge">Judges the part.</param>
    protected async Task PartAsync(string subject, Func<Task> judge)
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

    /// <summary>Compares a required fact.</summary>
    /// <param name="subject">Pod, Service or other thing.</param>
    /// <param name="fact">What is compared, in words.</param>
    /// <param name="actual">What was seen.</param>
    /// <param name="expected">What is expected; its description becomes the expectation in the report.</param>
    /// <returns>True when it holds.</returns>
    protected bool Check<T>(string subject, string fact, T actual, IResolveConstraint expected) => Compare(subject, fact, actual, expected, false);

    /// <summary>Compares a required fact, both sides in words.</summary>
    /// <param name="subject">Pod, Service or other thing.</param>
    /// <param name="fact">What is compared.</param>
    /// <param name="holds">True when it holds.</param>
    /// <param name="expected">What is expected.</param>
    /// <param name="actual">What was seen.</param>
    protected bool Check(string subject, string fact, bool holds, string expected, string actual) => Take(subject, fact, holds, expected, actual, false);

    /// <summary>Compares a fact that is only recommended: when nothing else fails, the control's level sinks to SHOULD.</summary>
    /// <inheritdoc cref="Check{T}" />
    protected bool Recommend<T>(string subject, string fact, T actual, IResolveConstraint expected) => Compare(subject, fact, actual, expected, true);

    /// <summary>Compares a fact that is only recommended, both sides in words: when nothing else fails, the control's level sinks to SHOULD.</summary>
    /// <inheritdoc cref="Check(string, string, bool, string, string)" />
    protected bool Recommend(string subject, string fact, bool holds, string expected, string actual) => Take(subject, fact, holds, expected, actual, true);

    /// <summary>Takes down what pure judging code found out about a subject.</summary>
    private protected void Report(string subject, params IEnumerable<Judgement> judgements)
    {
        foreach (var judgement in judgements)
        {
            Assertions.Count();
            var finding = new Finding(subject, judgement.Fact, judgement.Expected, judgement.Actual, judgement.Outcome);
            Run.Add(finding, judgement.Recommended);
            if (judgement.Warned)
            {
                Run.Warn(finding);
            }
        }
    }

    /// <summary>The sandbox that a pod runs in; null when it runs in none.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    private protected async Task<Sandbox?> SandboxAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(pod.Admitted.Spec.RuntimeClassName))
        {
            return null;
        }

        var nodes = (await Target.ObserveAsync(ObservationKinds.Cluster, cancellationToken)).Nodes;
        return Sandbox.Of(
            pod.Admitted,
            await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken),
            (await pod.ObserveAsync(ObservationKinds.CoreSettings, cancellationToken)).KernelRelease,
            nodes.FirstOrDefault(node => node.Name == pod.Admitted.Spec.NodeName)?.KernelVersion);
    }

    // That all pods are there lets a control go on; it is no part of what the control requires.
    private void ReportCount(Judgement judgement)
    {
        if (judgement.Outcome == Outcome.Passed)
        {
            Run.AddCount(new Finding(Subjects.Release, judgement.Fact, judgement.Expected, judgement.Actual, judgement.Outcome));
        }
        else
        {
            Report(Subjects.Release, judgement);
        }
    }

    /// <summary>Takes down that a fact does not matter for a subject, and why.</summary>
    protected void DoesNotApply(string subject, string fact, string reason) => Report(subject, Judgement.Irrelevant(fact, reason));

    /// <summary>Takes down that a fact could not be told, and goes on.</summary>
    /// <param name="subject">Pod, Service or other thing.</param>
    /// <param name="fact">What could not be compared.</param>
    /// <param name="expected">What was expected.</param>
    /// <param name="reason">Why it could not be told.</param>
    protected void CannotTell(string subject, string fact, string expected, string reason) => Report(subject, Judgement.Unknown(fact, expected, reason));

    /// <summary>Ends the control (or the part of it): it does not apply.</summary>
    [DoesNotReturn]
    protected static void NotApplicable(string reason) => throw new ControlEndedException(Outcome.NotApplicable, reason);

    /// <summary>Ends the control (or the part of it): it cannot be told.</summary>
    [DoesNotReturn]
    protected static void Inconclusive(string reason) => throw new ControlEndedException(Outcome.Inconclusive, reason);

    /// <summary>Lowers the level because of circumstances; never raises it.</summary>
    protected void LowerLevel(Requirement level, string reason) => Run.LowerLevel(level, reason);

    private bool Compare<T>(string subject, string fact, T actual, IResolveConstraint expected, bool recommended)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var result = expected.Resolve().ApplyTo(actual);
        return Take(subject, fact, result.IsSuccess, FindingText.Expected(result), FindingText.Actual(result), recommended);
    }

    private bool Take(string subject, string fact, bool holds, string expected, string actual, bool recommended)
    {
        Report(subject, Judgement.Of(fact, holds, expected, actual) with { Recommended = recommended });
        return holds;
    }

    private static InvalidOperationException NotRunning() => new("A control runs only as a test marked with [Control].");
}
