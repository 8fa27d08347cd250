namespace VaultConformance.Reporting.Model;

/// <summary>Deviations that need attention together: those of one cause, or one alone.</summary>
/// <param name="Cause">What makes them fail together; null where one stands alone.</param>
/// <param name="Standing">What they mean for the run.</param>
/// <param name="Deviations">The deviations; never empty.</param>
public sealed record DeviationGroup(FailureCause? Cause, Standing Standing, IReadOnlyList<Deviation> Deviations)
{
    /// <summary>Ids of all controls in it, for example <c>FS-1, FS-2</c>.</summary>
    public string Ids => string.Join(", ", Deviations.Select(deviation => deviation.Ids));

    /// <summary>All groups of a report: what stands against Conformant first, requirements apart from recommendations.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<DeviationGroup> ListFrom(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            .. Deviation.ListFrom(report)
                .Select((deviation, place) => (Deviation: deviation, Place: place, Standing: deviation.Results[0].GetStanding()))
                .GroupBy(item => (item.Standing, item.Deviation.Single?.Cause, Alone: IsAlone(report, item.Deviation) ? item.Place : -1))
                .Select(group => new DeviationGroup(
                    group.Key.Alone < 0 ? group.Key.Cause : null, group.Key.Standing, [.. group.Select(item => item.Deviation)]))
                .OrderBy(group => Weigh(group.Standing)),
        ];
    }

    // A cause that only one control has explains nothing that its own sentence does not.
    private static bool IsAlone(ConformanceReport report, Deviation deviation) =>
        deviation.Single is not { Outcome: Outcome.Failed, Cause: { } cause } single
        || report.Results.Count(result => result.Cause == cause && result.GetStanding() == single.GetStanding()) < 2;

    private static int Weigh(Standing standing) => standing switch
    {
        Standing.Breach => 0,
        Standing.Untold => 1,
        Standing.Advice => 2,
        Standing.UntoldAdvice => 3,
        _ => 4,
    };
}
