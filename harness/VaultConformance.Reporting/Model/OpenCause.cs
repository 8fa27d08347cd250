namespace VaultConformance.Reporting.Model;

/// <summary>What kept a control from being determined.</summary>
public enum OpenCause
{
    /// <summary>A probe, a control or the run ran out of time.</summary>
    OutOfTime,

    /// <summary>It takes a disruption, which the run forbids.</summary>
    DisruptionForbidden,

    /// <summary>The platform does not show the fact.</summary>
    NotSupported,

    /// <summary>The recorded evidence does not hold the fact.</summary>
    NotRecorded,

    /// <summary>The fact was asked for, and that did not work: for example because a right is missing.</summary>
    Refused,
}

/// <summary>Says how to find out what could not be determined. A fix would be wrong there: perhaps nothing is broken.</summary>
public static class FindOutText
{
    /// <summary>What the advice is called wherever it is shown.</summary>
    public const string Heading = "How to find out";

    private const string Undecided =
        "The reason and the findings say what is missing or contradictory. Correct what they name and run again; where they say that "
        + "something was not recorded, record the evidence again with this version.";

    /// <summary>The advice, in full sentences.</summary>
    /// <param name="result">A result that is inconclusive.</param>
    public static string Write(ControlResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var advice = result.Open.Distinct().Order().Select(Write).ToList();
        return advice.Count == 0 ? Undecided : string.Join(' ', advice);
    }

    private static string Write(OpenCause cause) => cause switch
    {
        OpenCause.OutOfTime => "Time ran out. Run again on a machine with less load, or give the run a longer --timeout.",
        OpenCause.DisruptionForbidden =>
            "Finding out restarts, crashes or changes something. Run again without --no-disruptive where that may happen.",
        OpenCause.NotSupported => "This platform does not show the fact. Verify it on the node, or run on a platform that shows it.",
        OpenCause.NotRecorded => "The recorded evidence does not hold the fact. Run again with this version of the program.",
        OpenCause.Refused =>
            "The fact was asked for and could not be read; the reason says why. Grant the right or mend what it names, and run again.",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "There is no such cause."),
    };
}
