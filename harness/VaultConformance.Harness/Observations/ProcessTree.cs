namespace VaultConformance.Harness.Observations;

/// <summary>Parent and child relations in a process table.</summary>
public static class ProcessTree
{
    /// <summary>The process with the given id and all its descendants.</summary>
    /// <param name="root">Process id of the root.</param>
    /// <param name="processes">The table.</param>
    public static IReadOnlyList<ProcessFacts> ListBelow(int root, IReadOnlyList<ProcessFacts> processes)
    {
        var members = new HashSet<int> { root };
        var grew = true;
        while (grew)
        {
            grew = false;
            foreach (var process in processes)
            {
                grew |= members.Contains(process.ParentPid) && members.Add(process.Pid);
            }
        }

        return [.. processes.Where(process => members.Contains(process.Pid))];
    }
}
