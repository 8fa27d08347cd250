#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Bridge;

/// <summary>A test that NUnit is about to run.</summary>
/// <param name="context">NUnit's view of it.</param>
/// <param name="inner">Calls the method.</param>
internal sealed class RunningTest(TestExecutionContext context, TestCommand inner) : IControlMethod
{
    /// <inheritdoc />
    public object? Fixture => context.TestObject;

    /// <summary>What was attached to the tests that run; null when nothing of the kind was.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    public T? Find<T>()
        where T : class => Attachment<T>.Find(context.CurrentTest);

    /// <inheritdoc />
    public Exception? Call()
    {
        try
        {
            inner.Execute(context);
            return null;
        }
#pragma warning disable CA1031 // Whatever a control throws must become its result, else one defect would end the whole run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Unwrap(exception);
        }
    }

    /// <summary>Shows the result of a control.</summary>
    /// <param name="result">The result, after waivers.</param>
    public void Show(ControlResult result)
    {
        Describe(result, context.CurrentTest.Properties);
        context.CurrentResult.SetResult(NUnitState.ToResultState(result), result.Reason);
    }

    /// <summary>Shows that the test did not run.</summary>
    /// <param name="reason">Why.</param>
    public void Ignore(string reason) => context.CurrentResult.SetResult(ResultState.Ignored, reason);

    private static Exception Unwrap(Exception exception) =>
        exception is NUnitException or TargetInvocationException && exception.InnerException is { } cause ? Unwrap(cause) : exception;

    private static void Describe(ControlResult result, IPropertyBag properties)
    {
        properties.Set(nameof(result.Level), result.Level.ToString());
        properties.Set(nameof(result.Outcome), result.Outcome.ToString());
        properties[nameof(Finding)] = new List<object>(); // A tree that is run again keeps what an earlier run added.
        foreach (var finding in result.Findings)
        {
            properties.Add(
                nameof(Finding),
                $"{finding.Outcome}: {finding.Subject}: {finding.Fact}: expected {finding.Expected}, was {finding.Actual}");
        }
    }
}
