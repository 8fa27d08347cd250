using System.Text.Json.Serialization;

namespace VaultConformance.Harness.Observations;

/// <summary>One fact taken from a target, or the reason why it could not be taken. Never both, never neither.</summary>
/// <typeparam name="T">The fact.</typeparam>
/// <param name="Kind">Name of the <see cref="ObservationKind{T}"/>.</param>
/// <param name="Subject">What was checked, see <see cref="Subjects"/>.</param>
/// <param name="TakenAt">When (UTC).</param>
/// <param name="Took">How long taking it needed.</param>
/// <param name="Value">The fact; null when it could not be taken.</param>
/// <param name="Unavailable">Why the fact could not be taken; null when it was.</param>
public sealed record Observation<T>(
    string Kind, string Subject, DateTimeOffset TakenAt, TimeSpan Took, T? Value, UnavailableReason? Unavailable)
    where T : class
{
    /// <summary>When in the run it was taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ObservationStage Stage { get; init; }

    /// <summary>Revision of the kind, see <see cref="ObservationKind.Revision"/>. Evidence that does not tell it has revision 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>The fact.</summary>
    /// <exception cref="ObservationUnavailableException">The fact could not be taken; a control that needs it is inconclusive.</exception>
    public T Require() => Value ?? throw new ObservationUnavailableException(
        Kind, Subject, Unavailable ?? new UnavailableReason(UnavailableCause.Failed, "no reason was recorded"));
}

/// <summary>Why a fact could not be taken.</summary>
/// <param name="Cause">Class of the reason.</param>
/// <param name="Message">The reason; no secrets.</param>
public sealed record UnavailableReason(UnavailableCause Cause, string Message);

/// <summary>Class of a reason why a fact could not be taken.</summary>
public enum UnavailableCause
{
    /// <summary>It was tried and did not work.</summary>
    Failed,

    /// <summary>It would have been disruptive and the run forbids that.</summary>
    DisruptionForbidden,

    /// <summary>This platform has no such thing, for example no <c>/proc/swaps</c> in a sandbox.</summary>
    NotSupported,

    /// <summary>It is not in the recorded evidence.</summary>
    NotRecorded,

    /// <summary>Nothing was started, and only what is declared was judged: only a run can take it.</summary>
    OnlyDeclared,
}
