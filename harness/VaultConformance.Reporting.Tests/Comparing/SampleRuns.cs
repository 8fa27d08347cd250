using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests.Comparing;

internal static class SampleRuns
{
    private static readonly string[] Ids = ["CORE-1", "CORE-2", "FS-1", "ID-1", "TLS-7"];

    /// <summary>Any report: any controls at any level with any outcome, findings in a few pods, some controls not run.</summary>
    public static Arbitrary<ConformanceReport> Any { get; } = Reports().ToArbitrary();

    public static ComparedRun Of(params ControlResult[] results) => ComparedRun.From(SampleReports.Of(results));

    public static RunComparison Compare(ControlResult was, ControlResult now) => RunComparison.Compare(Of(was), Of(now));

    public static Finding Finding(string subject, Outcome outcome, string actual = "seen", string fact = "fact") => new(subject, fact, "wanted", actual, outcome);

    private static Gen<ConformanceReport> Reports() =>
        from results in Gen.CollectToList(Ids, Result)
        from planned in Gen.SubListOf(Ids)
        from facts in Gen.Elements("a", "b").ListOf()
        let kept = results.Where(result => result is not null).Select(result => result!).ToArray()
        select SampleReports.Of(kept) with
        {
            Subject = [.. facts.Select(fact => new SubjectFact(fact, fact + facts.Count))],
            Planned = [.. kept.Select(result => result.Control.Id).Concat(planned.Select(ControlId.Parse)).Distinct()],
        };

    private static Gen<ControlResult?> Result(string id) =>
        from runs in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from outcome in Gen.Elements(Enum.GetValues<Outcome>())
        from level in Gen.Elements(Enum.GetValues<Requirement>())
        from findings in Findings().ListOf()
        select runs ? SampleReports.Result(id, outcome, level, [.. findings]) : null;

    private static Gen<Finding> Findings() =>
        from subject in Gen.Elements("vault-0", "vault-1")
        from fact in Gen.Elements("limit", "owner")
        from actual in Gen.Elements("0", "1")
        from outcome in Gen.Elements(Enum.GetValues<Outcome>())
        select new Finding(subject, fact, "0", actual, outcome);
}
