namespace VaultConformance.Harness.Observations;

/// <summary>Names one kind of observation and the type of the fact it yields.</summary>
/// <typeparam name="T">The fact.</typeparam>
/// <param name="Name">Stable name; part of the evidence layout.</param>
/// <param name="Disruptive">True when taking it restarts, seals or changes the system; such observations are taken after all others.</param>
public sealed record ObservationKind<T>(string Name, bool Disruptive = false)
    where T : class;
