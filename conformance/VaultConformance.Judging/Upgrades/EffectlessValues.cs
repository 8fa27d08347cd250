using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Upgrades;

/// <summary>Whether every value that the user gives is real: the chart knows its key, and it changes something in the cluster.</summary>
internal static class EffectlessValues
{
    private const string Unknown = "keys that the chart does not know and that change nothing";
    private const string Dropped = "values that the cluster does not take";
    private const string Idle = "values that change nothing in what is rendered";

    /// <summary>Judges the values.</summary>
    /// <param name="values">What became of them.</param>
    public static IEnumerable<Judgement> Judge(ValuesFacts values)
    {
        var counting = values.Values.Where(value => value.OverriddenAt is null).ToList();
        var idle = counting.Where(value => value is { ChangeCount: 0, IsDefault: false, HoldsAnchor: false }).ToList();
        yield return Judgement.None(Unknown, idle.Where(value => value.KnownFrom is null).Select(Describe))
            .Saying(found => $"The chart does not know these keys, and they change nothing: {found}.");
        yield return Judgement.None(Dropped, counting.Where(IsDropped).Select(DescribeDropped))
            .Saying(found => $"The cluster drops what these values set, because its objects have no such fields: {found}.");
        yield return Judgement.None(Idle, idle.Where(value => value.KnownFrom is not null).Select(Describe)).AsRecommendation()
            .Saying(found => $"The chart knows these keys, but with these values they change nothing: {found}.");
        if (counting.Any(value => value.ChangeCount != 0 && value.NotAdmitted is null))
        {
            yield return Judgement.Unknown(
                Dropped, "none", "the objects in the cluster could not be compared with what was rendered");
        }
    }

    // A value that changes several fields may well be half real: what counts is that nothing of it arrived.
    private static bool IsDropped(ValueFacts value) =>
        value is { ChangeCount: > 0, NotAdmitted: { Count: > 0 } dropped } && dropped.Count >= value.ChangeCount;

    private static string Describe(ValueFacts value) => $"{value.Key} ({value.File}:{value.Line})";

    private static string DescribeDropped(ValueFacts value) => $"{value.Key} ({value.File}:{value.Line}; {value.NotAdmitted![0]})";
}
