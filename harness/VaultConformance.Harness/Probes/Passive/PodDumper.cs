using System.Globalization;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Gathers dumps: one exec each.</summary>
/// <param name="executor">Runs the script.</param>
/// <param name="timeProvider">Clock for the limit.</param>
/// <param name="longest">Longest time of one exec.</param>
internal sealed class PodDumper(IPodExecutor executor, TimeProvider timeProvider, TimeSpan longest)
{
    /// <summary>Runs the script in the container and takes its output apart.</summary>
    /// <exception cref="PodExecException">It could not be run.</exception>
    /// <exception cref="PodDumpException">It took too long or was cut short.</exception>
    public async Task<PodDump> TakeAsync(DumpRequest request, CancellationToken cancellationToken)
    {
        var script = DumpScript.CreateFor(request);
        using var limit = new TimeLimit(longest, timeProvider, cancellationToken);
        try
        {
            var result = await executor.ExecuteAsync(ExecRequest.FromScript(request.Target, script.Text), limit.Token);
            return new PodDump(request, DumpFrames.Parse(script.Marker, result.OutputBytes.Span));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PodDumpException(
                string.Create(CultureInfo.InvariantCulture, $"Looking into {request.Target} took longer than {longest.TotalSeconds:0} s. "
                    + $"The container may be starved of CPU or a mount may hang; a slow machine needs a longer --timeout."),
                exception);
        }
    }
}
