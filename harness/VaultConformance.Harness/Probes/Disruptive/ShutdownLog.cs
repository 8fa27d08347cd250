using VaultConformance.Harness.Products;
using k8s;
using k8s.Autorest;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Collects a container's log while it shuts down; the pod, and its log, may be gone a moment later.</summary>
internal sealed class ShutdownLog : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<IReadOnlyList<string>> _lines;
    private volatile bool _ended;

    private ShutdownLog(CancellationTokenSource stop, Stream log)
    {
        _stop = stop;
        _lines = ReadAsync(log, stop.Token);
    }

    /// <summary>Starts to follow the log from now on.</summary>
    internal static async Task<ShutdownLog> FollowAsync(
        ServerControl control, string pod, string container, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var log = await control.Client.CoreV1.ReadNamespacedPodLogAsync(
            pod, control.Namespace, container, follow: true, sinceSeconds: 1, cancellationToken: stop.Token);
        return new ShutdownLog(stop, log);
    }

    /// <summary>The line that announces the shutdown, waiting a little for the rest of the log.</summary>
    /// <returns>The line, null when there is none; and whether the log was read to its end.</returns>
    internal async Task<(string? Line, bool Complete)> ReadShutdownLineAsync(TimeSpan patience)
    {
        _stop.CancelAfter(patience);
        var lines = await _lines;
        return (Find(lines), _ended);
    }

    /// <summary>The shutdown line among lines.</summary>
    internal static string? Find(IEnumerable<string> lines) =>
        lines.FirstOrDefault(IsShutdown);

    private static bool IsShutdown(string line) =>
        ServerProduct.All.Any(product => line.Contains(product.ShutdownLine, StringComparison.Ordinal));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _lines;
        _stop.Dispose();
    }

    // The end of following is not an error: the container ends, or nobody wants more.
    private async Task<IReadOnlyList<string>> ReadAsync(Stream log, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        try
        {
            using var reader = new StreamReader(log);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                lines.Add(line);
                if (IsShutdown(line))
                {
                    // Nothing that follows matters.
                    break;
                }
            }

            _ended = true;
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException or HttpOperationException or HttpRequestException)
        {
            return lines;
        }

        return lines;
    }
}
