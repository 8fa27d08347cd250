using System.Diagnostics;
using VaultConformance.Harness.Clusters;

namespace VaultConformance.Cli.Clean;

/// <summary>Removes node containers that no living run needs.</summary>
internal static class LeftoverContainers
{
    /// <summary>Removes them.</summary>
    /// <param name="cancellationToken">Ends the removal.</param>
    /// <returns>What was done, in lines.</returns>
    public static async Task<IReadOnlyList<string>> RemoveAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var container in await NodeContainers.ListAsync(cancellationToken))
        {
            if (!container.Kept && container.ProcessId is { } process && IsAlive(process))
            {
                lines.Add($"left alone: container {container.Name}, run {container.RunId} is still going on in process {process}");
                continue;
            }

            await NodeContainers.RemoveAsync(container, cancellationToken);
            lines.Add($"removed container {container.Name} of run {container.RunId}{(container.Kept ? ", which was kept" : "")}");
        }

        return lines;
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName is "dotnet" or "vault-conformance";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
