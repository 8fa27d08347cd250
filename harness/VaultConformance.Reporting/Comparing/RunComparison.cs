using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>What differs between two runs.</summary>
/// <param name="Was">The earlier run.</param>
/// <param name="Now">The later one.</param>
/// <param name="Facts">What was tested differently.</param>
/// <param name="Controls">All controls of both runs: regressions first, then the most binding, then the gravest.</param>
public sealed record RunComparison(ComparedRun Was, ComparedRun Now, IReadOnlyList<FactChange> Facts, IReadOnlyList<ControlChange> Controls)
{
    /// <summary>The controls that must not go unnoticed.</summary>
    public IReadOnlyList<ControlChange> Regressions => [.. Controls.Where(control => control.IsRegression)];

    /// <summary>True when there is one.</summary>
    public bool HasRegression => Controls.Any(control => control.IsRegression);

    /// <summary>Compares two runs.</summary>
    /// <param name="was">The earlier run.</param>
    /// <param name="now">The later one.</param>
    public static RunComparison Compare(ComparedRun was, ComparedRun now)
    {
        var before = was.Controls.ToDictionary(control => control.Id);
        var noise = ComparisonNoises.From(was, now);
        var after = now.Controls.ToDictionary(control => control.Id);
        var changes = before.Keys.Union(after.Keys).Select(id => (before.GetValueOrDefault(id), after.GetValueOrDefault(id)) switch
        {
            ({ } one, { } other) => ControlChange.Compare(one, other, noise),
            ({ } one, null) => ControlChange.FromOne(one, ChangeKind.Removed),
            (_, var other) => ControlChange.FromOne(other!, ChangeKind.Added),
        });
        return new RunComparison(
            was,
            now,
            FactChange.ListBetween(was, now),
            [
                .. changes.OrderByDescending(change => change.IsRegression)
                    .ThenByDescending(change => change.Level ?? Requirement.Must)
                    .ThenBy(change => change.Kind)
                    .ThenBy(change => change.Id),
            ]);
    }
}
