using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using NUnit.Framework.Internal.Commands;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Framework;

/// <summary>
/// Marks a test method as the verification of one control. The id becomes the string property <c>Control</c>, so that
/// <c>Control == 'CORE-1'</c> selects it; the family becomes the category, and <c>Disruptive</c> another one.
/// </summary>
/// <remarks>The method has to be in a <see cref="ControlFixture"/>. Nothing is retried: what held once in three times does not hold.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ControlAttribute : PropertyAttribute, ISimpleTestBuilder, IImplyFixture, IWrapTestMethod
{
    /// <summary>Category of the controls that change the system.</summary>
    public const string DisruptiveCategory = "Disruptive";

    private readonly ControlId _id;

    /// <summary>Marks a control.</summary>
    /// <param name="id">Its id, for example <c>CORE-1</c>.</param>
    /// <param name="revision">Rises whenever the meaning changes.</param>
    /// <param name="level">Level when the profile says nothing else.</param>
    public ControlAttribute(string id, int revision, Requirement level)
        : base(id)
    {
        _id = ControlId.Parse(id);
        Id = id;
        Revision = revision;
        Level = level;
    }

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its revision.</summary>
    public int Revision { get; }

    /// <summary>Level when the profile says nothing else.</summary>
    public Requirement Level { get; }

    /// <summary>The requirement in one sentence.</summary>
    public required string Title { get; init; }

    /// <summary>Where the requirement comes from.</summary>
    public required string Source { get; init; }

    /// <summary>What to change when it fails.</summary>
    public required string Remediation { get; init; }

    /// <summary>True when verifying it restarts or changes the system; such controls run after all others.</summary>
    public bool Disruptive { get; init; }

    /// <summary>Keys of the Helm values that decide it, see <see cref="ControlDescriptor.ValueKeys"/>; empty where no values decide.</summary>
    public string[] ValueKeys { get; init; } = [];

    /// <summary>What the control requires, independent of any run.</summary>
    public ControlDescriptor Describe() => new(_id, Revision, Level, Title, Source, Remediation, Disruptive) { ValueKeys = ValueKeys };

    /// <inheritdoc />
    public override void ApplyToTest(Test test)
    {
        ArgumentNullException.ThrowIfNull(test);
        base.ApplyToTest(test);
        test.Properties.Add(PropertyNames.Category, _id.Family);
        if (Disruptive)
        {
            test.Properties.Add(PropertyNames.Category, DisruptiveCategory);
        }

        test.Properties.Set(nameof(Revision), $"{Revision}");
        test.Properties.Set(nameof(Title), Title);
    }

    /// <summary>Builds the test and names it after the control, so that every runner shows the id.</summary>
    /// <param name="method">The method.</param>
    /// <param name="suite">The fixture.</param>
    public TestMethod BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        var test = new NUnitTestCaseBuilder().BuildTestMethod(method, suite, new TestCaseParameters { TestName = $"{Id} {method.Name}" });
        if (test.RunState == RunState.Runnable && !SuiteConfiguration.IsGiven(Environment.GetEnvironmentVariable))
        {
            // A test runner that was told nothing to judge then shows the one sentence that says what to set, and not once for each control.
            test.RunState = RunState.Explicit;
        }

        return test;
    }

    /// <inheritdoc />
    public TestCommand Wrap(TestCommand command) => new ControlCommand(command, Describe());
}
