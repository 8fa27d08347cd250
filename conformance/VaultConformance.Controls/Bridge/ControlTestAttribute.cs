#pragma warning disable RS0030 // Here alone: NUnit's insides change with its versions.
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;

namespace VaultConformance.Controls.Bridge;

/// <summary>Makes a test of a method and says how it is run. What such a test means is for the derived attribute to say.</summary>
/// <param name="id">The value of the property that is called like the attribute.</param>
public abstract class ControlTestAttribute(string id) : PropertyAttribute(id), ISimpleTestBuilder, IImplyFixture, IWrapTestMethod
{
    /// <summary>True when a test runner that was told nothing else leaves the test out.</summary>
    private protected abstract bool IsLeftOut { get; }

    /// <summary>Categories that the test is chosen by.</summary>
    private protected abstract IEnumerable<string> Categories { get; }

    /// <summary>Properties that readers of NUnit's results see.</summary>
    private protected abstract IEnumerable<(string Name, string Value)> Shown { get; }

    /// <summary>Runs the test.</summary>
    /// <param name="test">The test.</param>
    private protected abstract void Run(RunningTest test);

    /// <inheritdoc />
    public override void ApplyToTest(Test test)
    {
        ArgumentNullException.ThrowIfNull(test);
        base.ApplyToTest(test);
        foreach (var category in Categories)
        {
            test.Properties.Add(PropertyNames.Category, category);
        }

        foreach (var (name, value) in Shown)
        {
            test.Properties.Set(name, value);
        }
    }

    /// <summary>Builds the test and names it after the control, so that every runner shows the id.</summary>
    /// <param name="method">The method.</param>
    /// <param name="suite">The fixture.</param>
    public TestMethod BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        var test = new NUnitTestCaseBuilder().BuildTestMethod(method, suite, new TestCaseParameters { TestName = $"{id} {method.Name}" });
        if (test.RunState == RunState.Runnable && IsLeftOut)
        {
            test.RunState = RunState.Explicit;
        }

        return test;
    }

    /// <inheritdoc />
    public TestCommand Wrap(TestCommand command) => new Command(command, Run);

    private sealed class Command(TestCommand inner, Action<RunningTest> run) : DelegatingTestCommand(inner)
    {
        public override TestResult Execute(TestExecutionContext context)
        {
            run(new RunningTest(context, innerCommand));
            return context.CurrentResult;
        }
    }
}
