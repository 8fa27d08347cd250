using System.Runtime.CompilerServices;
using System.Text;
using k8s;
using k8s.Autorest;

namespace VaultConformance.Harness.Pods;

/// <summary>Reads logs of containers.</summary>
/// <param name="client">Client for the cluster; not owned.</param>
internal sealed class PodLogs(IKubernetes client)
{
    /// <summary>The log so far.</summary>
    /// <param name="target">The container.</param>
    /// <param name="options">How much of it.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="HarnessException">There is no such log, or it may not be read.</exception>
    public async Task<string> ReadAsync(PodContainer target, LogOptions options, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(target, options, follow: false, cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        try
        {
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw CreateLost(target, exception);
        }
    }

    /// <summary>The lines of the log as they come; ends when the container ends or the token is cancelled.</summary>
    /// <param name="target">The container.</param>
    /// <param name="options">Where to begin.</param>
    /// <param name="cancellationToken">Ends following with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="HarnessException">There is no such log, it may not be read, or the connection was lost.</exception>
    public async IAsyncEnumerable<string> FollowAsync(
        PodContainer target, LogOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(target, options, follow: true, cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await ReadLineAsync(reader, target, cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, PodContainer target, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            throw CreateLost(target, exception);
        }
    }

    private async Task<Stream> OpenAsync(PodContainer target, LogOptions options, bool follow, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CoreV1.ReadNamespacedPodLogAsync(
                target.Pod,
                target.Namespace,
                target.Container,
                follow: follow,
                limitBytes: follow ? null : options.LargestBytes,
                previous: options.Previous,
                sinceSeconds: options.SinceSeconds,
                tailLines: options.TailLines,
                cancellationToken: cancellationToken);
        }
        catch (Exception exception)
            when (exception is HttpOperationException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            var reason = exception is HttpOperationException { Response: { } response }
                ? ExecResult.Quote(response.Content ?? string.Empty)
                : exception.Message.TrimEnd('.');
            throw new HarnessException(
                FailureKind.Environment,
                $"The log of {target} could not be read: {reason}. Check that the pod runs and that the credentials allow 'get' on "
                    + "'pods/log'.",
                exception);
        }
    }

    private static HarnessException CreateLost(PodContainer target, Exception exception) => new(
        FailureKind.Environment,
        $"The connection to the log of {target} was lost: {exception.Message.TrimEnd('.')}. Look at the node's kubelet.",
        exception);
}

/// <summary>Which part of a log.</summary>
internal sealed record LogOptions
{
    /// <summary>The log of the container's previous run.</summary>
    public bool Previous { get; init; }

    /// <summary>Only the last lines; null for all.</summary>
    public int? TailLines { get; init; }

    /// <summary>Only the last seconds; null for all.</summary>
    public int? SinceSeconds { get; init; }

    /// <summary>Most bytes, from the beginning of what was asked for; 4 MiB when not given. Not used when following.</summary>
    public int LargestBytes { get; init; } = 4 * 1024 * 1024;
}
