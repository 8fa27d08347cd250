namespace VaultConformance.Harness.Observations;

/// <summary>Names one kind of observation and the type of the fact it yields.</summary>
/// <typeparam name="T">The fact.</typeparam>
/// <param name="Name">Stable name; part of the evidence layout.</param>
/// <param name="Stage">When it may be taken.</param>
public sealed record ObservationKind<T>(string Name, ObservationStage Stage = ObservationStage.Passive)
    where T : class;

/// <summary>What taking an observation does to the system, which decides when it may be taken.</summary>
public enum ObservationStage
{
    /// <summary>Looks only.</summary>
    Passive,

    /// <summary>Changes something without interrupting the service; taken after everything passive.</summary>
    Active,

    /// <summary>Restarts, seals or crashes something; taken after everything passive, and only where the run allows it.</summary>
    Disruptive,
}
