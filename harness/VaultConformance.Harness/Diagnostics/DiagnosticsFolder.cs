using System.Collections.Concurrent;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Diagnostics;

/// <summary>The folder of a diagnostics bundle; notes what could not be collected instead of throwing.</summary>
/// <param name="root">The folder.</param>
/// <param name="redactor">Takes secrets out of everything that is written.</param>
internal sealed class DiagnosticsFolder(string root, SecretRedactor redactor)
{
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<string> _files = new();

    public IReadOnlyList<string> Problems => [.. _problems.Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Files => [.. _files.Order(StringComparer.Ordinal)];

    /// <summary>Collects one part; whatever goes wrong becomes a problem of the bundle.</summary>
    public async Task CollectPartAsync(string name, Func<CancellationToken, Task> collect, CancellationToken cancellationToken)
    {
        try
        {
            // A part that does not honour its token must not hold up the others.
            await collect(cancellationToken).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _problems.Enqueue($"{name}: there was no time left.");
        }
        catch (Exception exception)
        {
            _problems.Enqueue(redactor.Redact($"{name}: {exception.Message}"));
        }
    }

    /// <summary>Collects one text and writes it, redacted.</summary>
    public Task CollectFileAsync(string file, Func<CancellationToken, Task<string>> collect, CancellationToken cancellationToken) =>
        CollectPartAsync(
            file,
            async token =>
            {
                var text = redactor.Redact(await collect(token));
                var path = Path.Combine(root, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, text, token);
                _files.Enqueue(file);
            },
            cancellationToken);
}
