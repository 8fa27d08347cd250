using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Pages;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Framework;

/// <summary>
/// Marks a test method as the verification of one control. The id becomes the string property <c>Control</c>, so that
/// <c>Control == 'CORE-1'</c> selects it; the family becomes the category, and <c>Disruptive</c> another one. Title, sources and
/// remediation stand on its page in <c>docs/controls</c>.
/// </summary>
/// <remarks>
/// The method has to be in a <see cref="ControlFixture"/>. Nothing is retried: what held once in three times does not hold.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ControlAttribute : ControlTestAttribute
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

    /// <summary>True when verifying it restarts or changes the system; such controls run after all others.</summary>
    public bool Disruptive { get; init; }

    /// <summary>
    /// Keys of the Helm values that decide it, see <see cref="ControlDescriptor.ValueKeys"/>; empty where no values decide.
    /// </summary>
    public string[] ValueKeys { get; init; } = [];

    /// <summary>Members of the evidence that reports show when it fails, see <see cref="ControlDescriptor.Evidence"/>.</summary>
    public string[] Evidence { get; init; } = [];

    /// <summary>What the control requires, independent of any run: what stands here, and what its page says.</summary>
    /// <param name="pages">The pages.</param>
    /// <exception cref="InvalidOperationException">It has no page.</exception>
    internal ControlDescriptor Describe(ControlPages pages)
    {
        var page = pages.Find(_id)
            ?? throw new InvalidOperationException(
                $"{_id} has no page. Write a section '## {_id} TITLE' in docs/controls/{_id.Family}.md, see docs/adding-a-control.md.");
        return new ControlDescriptor(_id, Revision, Level, page.Title, page.Source, page.Remediation, Disruptive)
        {
            ValueKeys = ChartValues.Resolve(ValueKeys), Evidence = Evidence, Guide = page.Guide
        };
    }

    /// <inheritdoc />
    private protected override IEnumerable<string> Categories => Disruptive ? [_id.Family, DisruptiveCategory] : [_id.Family];

    /// <inheritdoc />
    private protected override IEnumerable<(string Name, string Value)> Shown =>
        ControlPages.BuiltIn.Find(_id) is { } page
            ? [(nameof(Revision), $"{Revision}"), (nameof(page.Title), page.Title)]
            : [(nameof(Revision), $"{Revision}")];

    // A test runner that was told nothing to judge then shows the one sentence that says what to set, and not once for each control.

    /// <inheritdoc />
    private protected override bool IsLeftOut => !SuiteConfiguration.IsGiven(Environment.GetEnvironmentVariable);

    /// <inheritdoc />
    private protected override void Run(RunningTest test)
    {
        if (test.Find<SuiteSession>() is { } session)
        {
            test.Show(session.Accept(new ControlExecution(Describe(session.Pages), test, session).Run()));
        }
        else
        {
            test.Ignore(SuiteConfiguration.Unconfigured);
        }
    }
}
