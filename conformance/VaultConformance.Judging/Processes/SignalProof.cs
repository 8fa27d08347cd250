using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Processes;

/// <summary>Whether the process table alone shows that a signal to PID 1 arrives at Vault.</summary>
internal static class SignalProof
{
    // Options of inits that change nothing about what a direct child gets.
    private static readonly string[] Harmless = ["--", "-c", "--single-child", "-g", "-s", "-v", "--verbose"];

    /// <summary>
    /// True when every Vault server is PID 1 or a child of an init that changes no signal. A shell in between keeps signals for itself, and
    /// whether the init reaches past it depends on process groups that nobody can see.
    /// </summary>
    /// <param name="table">Processes of the server container.</param>
    public static bool IsDirect(ProcessTable table) =>
        table.Init is { } first
        && table.VaultServers.Any()
        && table.VaultServers.All(server => server.Pid == first.Pid || (server.ParentPid == first.Pid && ChangesNothing(first)));

    private static bool ChangesNothing(ProcessFacts init) =>
        init.CommandLine.Skip(1).TakeWhile(word => word.StartsWith('-')).All(Harmless.Contains);
}
