using System.Collections.Concurrent;
using System.Text;

namespace VaultConformance.Cli.Tests.Live;

/// <summary>Collects the argument lists of all processes of the machine while a run goes on: what stands there can be read by everybody.</summary>
internal sealed class ProcessArguments : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte> _seen = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watch;

    public ProcessArguments()
    {
        _watch = WatchAsync();
    }

    /// <summary>Everything that was seen so far.</summary>
    public byte[] Content => Encoding.UTF8.GetBytes(string.Join('\n', _seen.Keys));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
                {
                    _seen.TryAdd(ReadOrEmpty(Path.Combine(folder, "cmdline")), 0);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process has ended meanwhile.
            return string.Empty;
        }
    }
}
