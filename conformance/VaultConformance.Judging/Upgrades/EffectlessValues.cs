using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.Upgrades;

/// <summary>Whether every value that the user gives is real: the chart knows its key, and it is in force in the cluster.</summary>
internal static class EffectlessValues
{
    private const string Unknown = "keys that the chart does not know and that change nothing";
    private const string Dropped = "values that the cluster does not take";
    private const string Idle = "known keys whose values have no effect";

    /// <summary>Judges the values.</summary>
    /// <param name="values">What became of them.</param>
    public static IEnumerable<Judgement> Judge(ValuesFacts values)
    {
        var counting = values.Values.Where(value => value.OverriddenAt is null).ToList();
        var idle = counting.Where(value => value is { ChangeCount: 0, IsDefault: false, HoldsAnchor: false, InForce: not true }).ToList();
        yield return JudgeUnknown([.. idle.Where(value => value.KnownFrom is null)]);
        yield return JudgeDropped([.. counting.Where(IsDropped)]);
        var known = idle.Where(value => value.KnownFrom is not null).ToList();
        yield return JudgeIdle([.. known.Where(value => value.InForce is false)]);
        if (known.Where(value => value.InForce is null).ToList() is { Count: > 0 } open)
        {
            yield return Judgement.Unknown(
                Idle,
                "none",
                $"{string.Join(", ", open.Select(Describe))}: nobody found out whether they say what applies anyway").AsRecommendation();
        }

        if (counting.Any(value => value.ChangeCount != 0 && value.NotAdmitted is null))
        {
            yield return Judgement.Unknown(
                Dropped, "none", "the objects in the cluster could not be compared with what was rendered");
        }
    }

    private static Judgement JudgeUnknown(IReadOnlyList<ValueFacts> values) =>
        Judgement.None(Unknown, values.Select(DescribeUnknown))
            .Saying(found => $"The chart does not know these keys, and they change nothing: {found}.")
            .At(values.Select(value => Place(value, KeyAdvice.Write(value) is { Length: > 0 } advice
                ? $"not a key of the chart{advice}"
                : "not a key of the chart: correct it, or delete the line")));

    private static Judgement JudgeDropped(IReadOnlyList<ValueFacts> values) =>
        Judgement.None(Dropped, values.Select(value => Describe(value, value.NotAdmitted![0])))
            .Saying(found => $"The cluster drops what these values set, because its objects have no such fields: {found}.")
            .At(values.Select(
                value => Place(value, $"dropped by the cluster, which has no field {value.NotAdmitted![0]}: delete the line")));

    private static Judgement JudgeIdle(IReadOnlyList<ValueFacts> values) =>
        Judgement.None(Idle, values.Select(Describe)).AsRecommendation()
            .Saying(found => $"The chart knows these keys, but with your other values they have no effect: {found}.")
            .At(values.Select(value => Place(
                value, "without effect beside the other values: delete the line, or switch on what it belongs to")));

    // A value that changes several fields may well be half real: what counts is that nothing of it arrived.
    private static bool IsDropped(ValueFacts value) =>
        value is { ChangeCount: > 0, NotAdmitted: { Count: > 0 } dropped } && dropped.Count >= value.ChangeCount;

    private static string DescribeUnknown(ValueFacts value) =>
        KeyAdvice.Write(value) is { Length: > 0 } advice ? Describe(value, advice.TrimStart(' ', ';')) : Describe(value);

    private static string Describe(ValueFacts value) => $"{value.Key} ({value.File}:{value.Line})";

    private static string Describe(ValueFacts value, string more) => $"{value.Key} ({value.File}:{value.Line}; {more})";

    private static ValuePlace Place(ValueFacts value, string text) =>
        new(value.Key, value.File, value.Line, text) { FileNumber = value.FileNumber };
}
