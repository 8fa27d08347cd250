namespace VaultConformance.Harness.Observations;

/// <summary>What the servers say about their integrated storage as a whole.</summary>
/// <param name="Peers">The members, by node id.</param>
/// <param name="Healthy">Whether autopilot calls the storage healthy; null when it does not say so.</param>
/// <param name="FailureTolerance">How many members may fail; null when autopilot does not say so.</param>
/// <param name="AutopilotProblem">Why the state of autopilot could not be read; null when it was.</param>
public sealed record RaftFacts(IReadOnlyList<RaftPeer> Peers, bool? Healthy, int? FailureTolerance, string? AutopilotProblem);

/// <summary>A member of integrated storage.</summary>
/// <param name="NodeId">Its id.</param>
/// <param name="Address">Cluster address that others reach it at.</param>
/// <param name="Leader">True for the active server.</param>
/// <param name="Voter">True when it counts for the quorum; a read replica does not.</param>
public sealed record RaftPeer(string NodeId, string Address, bool Leader, bool Voter);
