namespace VaultConformance.Harness.Observations;

/// <summary>
/// A part of a run in time. A plain run has one, which has no name; a run that changes the release has one before and one after the change.
/// </summary>
public enum ObservationStage
{
    /// <summary>The only stage of a plain run.</summary>
    Only,

    /// <summary>Before the release was changed.</summary>
    Before,

    /// <summary>After the release was changed.</summary>
    After,
}
