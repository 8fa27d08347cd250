using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Framework;

/// <summary>Runs one control and turns everything that can happen into a result with a reason.</summary>
/// <param name="inner">Calls the test method.</param>
/// <param name="attribute">The control.</param>
internal sealed class ControlCommand(TestCommand inner, ControlAttribute attribute) : DelegatingTestCommand(inner)
{
    /// <inheritdoc />
    public override TestResult Execute(TestExecutionContext context)
    {
        var session = SuiteSession.Find(context.CurrentTest);
        if (session is null)
        {
            context.CurrentResult.SetResult(ResultState.Ignored, SuiteConfiguration.Unconfigured);
            return context.CurrentResult;
        }

        var result = Decide(context, session, attribute.Describe(session.Pages));
        session.Record(result);
        var accepted = session.Accept(result);
        Describe(accepted, context.CurrentTest.Properties);
        context.CurrentResult.SetResult(NUnitState.Of(accepted), accepted.Reason);
        return context.CurrentResult;
    }

    private ControlResult Decide(TestExecutionContext context, SuiteSession session, ControlDescriptor control)
    {
        if (!session.Profile.Controls.TryGetValue(control.Id, out var planned))
        {
            return Unrun(control, new ProfileControl(control.Level, null, null), Outcome.NotApplicable, $"not part of profile {session.Profile.Reference}");
        }

        if (planned.NotApplicable is { } reason)
        {
            return Unrun(control, planned, Outcome.NotApplicable, reason);
        }

        return session.Cancellation.IsCancellationRequested
            ? Unrun(control, planned, Outcome.Inconclusive, "the run was cancelled before this control")
            : Run(context, session, control, planned);
    }

    private ControlResult Run(TestExecutionContext context, SuiteSession session, ControlDescriptor control, ProfileControl planned)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(session.Cancellation);
        limit.CancelAfter(session.ControlTimeLimit);
        var run = new ControlRun(control, planned, session, limit.Token);
        var started = session.TimeProvider.GetTimestamp();
        var error = Run(context, run);
        return run.Conclude(error, session.TimeProvider.GetElapsedTime(started));
    }

    private string? Run(TestExecutionContext context, ControlRun run)
    {
        try
        {
            var fixture = context.TestObject as ControlFixture
                ?? throw new InvalidOperationException($"{attribute.Id} is not in a class derived from {nameof(ControlFixture)}.");
            fixture.Begin(run);
            innerCommand.Execute(context);
            return null;
        }
#pragma warning disable CA1031 // Whatever a control throws must become its result, else one defect would end the whole run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Explain(Unwrapped(exception), run);
        }
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
                return "the run was cancelled";
            case OperationCanceledException when run.Cancellation.IsCancellationRequested:
                return $"the control did not finish within {run.Session.ControlTimeLimit}";
            case HarnessException:
                return exception.Message;
            default:
                return $"error: {exception.GetType().Name}: {exception.Message}";
        }
    }

    private static Exception Unwrapped(Exception exception) =>
        exception is NUnitException or TargetInvocationException && exception.InnerException is { } cause ? Unwrapped(cause) : exception;

    private static ControlResult Unrun(ControlDescriptor control, ProfileControl planned, Outcome outcome, string reason) =>
        new(control, planned.Level, planned.Reason, outcome, reason, [], TimeSpan.Zero);

    private static void Describe(ControlResult result, IPropertyBag properties)
    {
        properties.Set(nameof(result.Level), result.Level.ToString());
        properties.Set(nameof(result.Outcome), result.Outcome.ToString());
        foreach (var finding in result.Findings)
        {
            properties.Add(nameof(Finding), $"{finding.Outcome}: {finding.Subject}: {finding.Fact}: expected {finding.Expected}, was {finding.Actual}");
        }
    }
}
