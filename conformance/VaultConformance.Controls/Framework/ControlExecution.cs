using VaultConformance.Controls.Bridge;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Framework;

/// <summary>Runs one control and turns everything that can happen into a result with a reason.</summary>
/// <param name="control">The control.</param>
/// <param name="method">The method that verifies it.</param>
/// <param name="session">The run that it belongs to.</param>
internal sealed class ControlExecution(ControlDescriptor control, IControlMethod method, SuiteSession session)
{
    /// <summary>Runs it and records the result.</summary>
    /// <returns>The result, before waivers.</returns>
    public ControlResult Run()
    {
        var result = Decide();
        session.Record(result);
        return result;
    }

    private ControlResult Decide()
    {
        if (!session.Profile.Controls.TryGetValue(control.Id, out var planned))
        {
            return CreateUnrunResult(
                new ProfileControl(control.Level, null, null), Outcome.NotApplicable, $"not part of profile {session.Profile.Reference}");
        }

        if (planned.NotApplicable is { } reason)
        {
            return CreateUnrunResult(planned, Outcome.NotApplicable, reason);
        }

        return session.Cancellation.IsCancellationRequested
            ? CreateUnrunResult(planned, Outcome.Inconclusive, "the run was cancelled before this control")
            : Run(planned);
    }

    private ControlResult Run(ProfileControl planned)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation);
        limit.CancelAfter(session.ControlTimeLimit);
        var run = new ControlRun(control, planned, session, limit.Token);
        var started = session.TimeProvider.GetTimestamp();
        var error = Run(run);
        run.AddDeclared(control.Id);
        return run.Conclude(error, session.TimeProvider.GetElapsedTime(started));
    }

    private string? Run(ControlRun run)
    {
        if (method.Fixture is not ControlFixture fixture)
        {
            return Explain(new InvalidOperationException($"{control.Id} is not in a class derived from {nameof(ControlFixture)}."), run);
        }

        fixture.Begin(run);
        return method.Call() is { } exception ? Explain(exception, run) : null;
    }

    private static string? Explain(Exception exception, ControlRun run)
    {
        switch (exception)
        {
            case ObservationUnavailableException unavailable:
                run.AddUnavailable(unavailable.Subject, unavailable);
                return null;
            case ControlEndedException ended:
                run.Add(new Finding(string.Empty, string.Empty, string.Empty, ended.Message, ended.Outcome));
                return null;
            case AssertionException or MultipleAssertException:
                run.Add(new Finding(string.Empty, "assertion", "to hold", exception.Message.Trim(), Outcome.Failed));
                return null;
            case OperationCanceledException when run.Session.Cancellation.IsCancellationRequested:
                run.AddOutOfTime();
                return "the run was cancelled";
            case OperationCanceledException when run.Cancellation.IsCancellationRequested:
                run.AddOutOfTime();
                return $"the control did not finish within {run.Session.ControlTimeLimit}; a slow machine needs a longer --timeout";
            case HarnessException:
                return exception.Message;
            default:
                return $"error: {exception.GetType().Name}: {exception.Message}";
        }
    }

    private ControlResult CreateUnrunResult(ProfileControl planned, Outcome outcome, string reason) =>
        new(control, planned.Level, planned.Reason, outcome, reason, [], TimeSpan.Zero);
}
