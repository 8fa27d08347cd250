namespace VaultConformance.Harness.Clusters;

/// <summary>Labels on everything that a run creates, so that leftovers can be found and removed.</summary>
internal static class RunLabels
{
    /// <summary>Id of the run.</summary>
    public const string Run = "vaultconformance.dev/run";

    /// <summary>Process id of the harness.</summary>
    public const string Process = "vaultconformance.dev/process";

    /// <summary>When that process started, to the second: process ids are used again.</summary>
    public const string Started = "vaultconformance.dev/process-started";

    /// <summary>Machine or container that it runs in.</summary>
    public const string Host = "vaultconformance.dev/host";

    /// <summary>Set to <c>true</c> on what <c>--keep</c> left on purpose.</summary>
    public const string Keep = "vaultconformance.dev/keep";

    /// <summary>The labels of a run of this process.</summary>
    /// <param name="runId">Id of the run.</param>
    public static IReadOnlyDictionary<string, string> CreateFor(string runId) =>
        new Dictionary<string, string>(RunOwner.Current.CreateLabels()) { [Run] = runId };
}
