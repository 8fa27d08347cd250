using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>What became of a control, or of one pod in it, from one run to another. The gravest comes first.</summary>
public enum ChangeKind
{
    /// <summary>It passed, did not apply or was waived, and fails now.</summary>
    Regressed,

    /// <summary>It could be told, and cannot be told any more.</summary>
    NewlyInconclusive,

    /// <summary>It was judged, and is not planned any more.</summary>
    Removed,

    /// <summary>It failed or was waived, and passes now; or it failed, and does not apply now.</summary>
    Improved,

    /// <summary>It could not be told, and can be told now.</summary>
    NewlyTold,

    /// <summary>It was not planned, and is judged now.</summary>
    Added,

    /// <summary>Another outcome that is neither better nor worse, for example waived instead of failed.</summary>
    Changed,

    /// <summary>The same outcome.</summary>
    Unchanged,
}

/// <summary>How a change follows from two outcomes.</summary>
internal static class ChangeKinds
{
    /// <summary>The change; an outcome is null when a planned control did not run.</summary>
    public static ChangeKind Classify(Outcome? was, Outcome? now) => (was, now) switch
    {
        _ when was == now => ChangeKind.Unchanged,
        (null or Outcome.Inconclusive, null or Outcome.Inconclusive) => ChangeKind.Changed,
        (_, null or Outcome.Inconclusive) => ChangeKind.NewlyInconclusive,
        (null or Outcome.Inconclusive, _) => ChangeKind.NewlyTold,
        (_, Outcome.Failed) => ChangeKind.Regressed,
        (Outcome.Passed, Outcome.Declared or Outcome.RunOnly) => ChangeKind.NewlyInconclusive,
        (Outcome.Declared or Outcome.RunOnly, Outcome.Passed) => ChangeKind.NewlyTold,
        (Outcome.Failed, Outcome.Passed or Outcome.NotApplicable or Outcome.Declared) or (Outcome.Waived, Outcome.Passed) =>
            ChangeKind.Improved,
        _ => ChangeKind.Changed,
    };
}
