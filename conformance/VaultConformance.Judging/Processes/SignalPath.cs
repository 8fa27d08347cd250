using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Processes;

/// <summary>Whether a SIGTERM to PID 1 reaches Vault, by what the process table and the signal masks show.</summary>
public static class SignalPath
{
    /// <summary>Name of the fact about PID 1.</summary>
    public const string FirstProcessFact = "PID 1 of the container";

    private static readonly string[] ForwardingInits = ["dumb-init", "tini", "catatonit"];
    private static readonly (ulong Mask, string Name)[] Signals = [(SignalMasks.Terminate, "SIGTERM"), (SignalMasks.Hangup, "SIGHUP")];

    /// <summary>Judges the tree and the masks.</summary>
    /// <param name="table">Processes of the server container.</param>
    /// <param name="compensation">What is added to the finding when PID 1 does not forward; the control fails all the same.</param>
    public static IEnumerable<Judgement> Judge(ProcessTable table, string compensation)
    {
        const string Expected = "Vault itself, or an init that forwards signals to it";
        var first = table.RequireInit();
        var leads = Leads(table);
        yield return Judgement.Of(FirstProcessFact, leads, Expected, Describe(first) + (leads ? string.Empty : compensation))
            .Saying($"PID 1 is {Describe(first)}, which does not pass signals on to Vault{compensation}.");
        if (leads)
        {
            yield return JudgeFirst(first);
        }

        foreach (var server in table.VaultServers)
        {
            yield return JudgeMask(
                $"signals that {server.DescribeLabel()} ignores or blocks", server.Signals.Ignored | server.Signals.Blocked)
                .Saying(found => $"{server.DescribeLabel()} ignores or blocks {found}.");
        }
    }

    /// <summary>True when PID 1 is Vault, or a forwarding init above it.</summary>
    /// <param name="table">Processes of the server container.</param>
    public static bool Leads(ProcessTable table) =>
        table.Init is { } first
            && (first.IsVaultServer || (IsForwardingInit(first) && table.VaultServers.Any(server => server.Pid != first.Pid)));

    // An init catches signals, or blocks them all and waits for them, as tini does; Vault has to catch them.
    private static Judgement JudgeFirst(ProcessFacts first)
    {
        var taken = first.IsVaultServer ? first.Signals.Caught : first.Signals.Caught | first.Signals.Blocked;
        return JudgeMask($"signals that {first.DescribeLabel()} has no handler for", ~taken | first.Signals.Ignored)
            .Saying(found => $"{first.DescribeLabel()} has no handler for {found}.");
    }

    private static Judgement JudgeMask(string fact, ulong? mask) =>
        mask is { } known
            ? Judgement.None(fact, ListIn(known))
            : Judgement.Unknown(fact, "none", "the kernel does not show its signal masks");

    private static IEnumerable<string> ListIn(ulong mask) =>
        Signals.Where(signal => (mask & signal.Mask) != 0).Select(signal => signal.Name);

    // The kernel names a process after the script that started it, so that dumb-init behind a #! line is seen by its first argument only.
    private static bool IsForwardingInit(ProcessFacts process) =>
        new[] { process.Comm, process.CommandLine is [var first, ..] ? first : null, process.Executable }
            .OfType<string>()
            .Select(Path.GetFileName)
            .Any(ForwardingInits.Contains);

    private static string Describe(ProcessFacts process) =>
        process.IsVaultServer ? "Vault" : $"{process.Comm} ({string.Join(' ', process.CommandLine.Take(2))})";
}
