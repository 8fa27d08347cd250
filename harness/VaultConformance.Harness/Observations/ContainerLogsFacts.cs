namespace VaultConformance.Harness.Observations;

/// <summary>What the logs of all containers of the namespace hold that must not be in a log. No line of a log is in here.</summary>
/// <param name="LargestBytes">Most bytes that were read of each log, from its beginning.</param>
/// <param name="Containers">How many containers the pods of the namespace have.</param>
/// <param name="Logs">One entry for each container.</param>
public sealed record ContainerLogsFacts(int LargestBytes, int Containers, IReadOnlyList<ContainerLogFacts> Logs)
{
    /// <summary>How many logs were read.</summary>
    public int Read => Logs.Count(log => log is { Problem: null, KeysFound: not null });
}

/// <summary>The log of one container: of its present run, and of the one before when it was restarted.</summary>
/// <param name="Pod">Name of the pod.</param>
/// <param name="Container">Name of the container.</param>
/// <param name="Restarts">How often it was restarted when the objects were read.</param>
/// <param name="Bytes">How many bytes were checked; null when none could be read.</param>
/// <param name="Cut">True when the log is longer than what was read of it; null when it could not be read.</param>
/// <param name="KeysFound">
/// Kinds of unseal keys, recovery keys and tokens in it; empty when there are none, null when it could not be read.
/// </param>
/// <param name="Problem">Why it could not be read, or not all of it; null when it was.</param>
public sealed record ContainerLogFacts(
    string Pod, string Container, int Restarts, long? Bytes, bool? Cut, IReadOnlyList<string>? KeysFound, string? Problem);
