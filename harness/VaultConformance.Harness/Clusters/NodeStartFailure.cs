using DotNet.Testcontainers.Containers;

namespace VaultConformance.Harness.Clusters;

/// <summary>Explains why a node container did not start.</summary>
internal static class NodeStartFailure
{
    private const int LogLines = 15;

    /// <summary>The exception to throw, with the last lines of the node's log where there are any.</summary>
    internal static async Task<HarnessException> DescribeAsync(
        IContainer container, K3sClusterOptions options, bool timedOut, Exception exception)
    {
        var what = timedOut
            ? FormattableString.Invariant($"The K3s node '{options.Image}' did not start within {options.StartLimit:c}.")
            : $"The K3s node '{options.Image}' did not start: {GetFirstLine(exception.Message)}";
        var log = await ReadLastLinesAsync(container);
        var seen = log.Length == 0 ? "The node wrote no log." : $"Last lines of its log:{Environment.NewLine}{log}{Environment.NewLine}";
        return new HarnessException(
            FailureKind.Environment,
            $"{what} {seen} Run 'doctor' to check the engine; a slow machine needs a longer --timeout.",
            exception);
    }

    private static async Task<string> ReadLastLinesAsync(IContainer container)
    {
        if (container.State == TestcontainersStates.Undefined)
        {
            return string.Empty;
        }

        try
        {
            var (output, error) = await container.GetLogsAsync();
            var lines = (output + error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return string.Join(Environment.NewLine, lines.TakeLast(LogLines));
        }
        catch (Exception exception)
            when (exception is Docker.DotNet.DockerApiException or InvalidOperationException or HttpRequestException)
        {
            return $"(the log could not be read: {GetFirstLine(exception.Message)})";
        }
    }

    private static string GetFirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
