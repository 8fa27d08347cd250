using System.Globalization;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Looks for a marked request where an audit device writes.</summary>
internal interface IAuditLogs
{
    /// <summary>Looks into the standard output of the server.</summary>
    /// <param name="digest">The device's digest of the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="HarnessException">The log could not be read.</exception>
    Task<AuditTrace> FindInOutputAsync(string digest, string value, CancellationToken cancellationToken);

    /// <summary>Looks into a file of the server's container.</summary>
    /// <param name="path">The file.</param>
    /// <param name="digest">The device's digest of the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="HarnessException">The container could not be looked into.</exception>
    Task<(AuditTrace? Trace, AuditFile? File, string? Problem)> FindInFileAsync(
        string path, string digest, string value, CancellationToken cancellationToken);
}

/// <summary>Looks into the pod. Of what it reads, only whether the request is there is kept.</summary>
/// <param name="executor">Runs scripts in containers.</param>
/// <param name="logs">Reads the standard output.</param>
/// <param name="wait">Waits until the node has written it.</param>
/// <param name="target">The container of the server.</param>
/// <param name="longest">Longest time of one look.</param>
internal sealed class AuditLogReader(IPodExecutor executor, PodLogs logs, Wait wait, PodContainer target, TimeSpan longest) : IAuditLogs
{
    private const int LargestPart = 4 * 1024 * 1024;
    private const int RecentSeconds = 300;
    private const string LogStart = "--- log ---";
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task<AuditTrace> FindInOutputAsync(string digest, string value, CancellationToken cancellationToken)
    {
        var trace = new AuditTrace(false, false);
        try
        {
            return await wait.UntilAsync<AuditTrace>(
                new WaitGoal($"the audit entry in the log of {target}", OutputLimit, TimeSpan.FromMilliseconds(250), "See the log."),
                async token =>
                {
                    trace = Find(await ReadOutputAsync(token), digest, value);
                    return trace.IsFound ? new Sighting<AuditTrace>.Reached(trace) : new Sighting<AuditTrace>.NotYet("it is not there");
                },
                cancellationToken);
        }
        catch (WaitFailedException)
        {
            return trace;
        }
    }

    /// <inheritdoc />
    public async Task<(AuditTrace? Trace, AuditFile? File, string? Problem)> FindInFileAsync(
        string path, string digest, string value, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(longest, TimeProvider.System, cancellationToken);
        var request = ExecRequest.FromScript(target, WriteScript(path)) with { OutputLimit = 2 * LargestPart };
        var result = await executor.ExecuteAsync(request, limit.Token);
        var text = result.Output;
        return text.IndexOf(LogStart, StringComparison.Ordinal) is var start and >= 0
            ? (Find(text[start..], digest, value), ReadFile(text[..start]), null)
            : (null, null, $"'{path}' could not be read in {target}: {ExecResult.Quote(result.Error)}");
    }

    /// <summary>A script that shows the end of a file, its mode, and the space of its file system.</summary>
    /// <param name="path">The file.</param>
    internal static string WriteScript(string path) =>
        $$"""
        file='{{path.Replace("'", "'\\''", StringComparison.Ordinal)}}'
        [ -r "$file" ] || { echo "it is not there, or may not be read" >&2; return 1; }
        echo "mode $(stat -c %a "$file" 2>/dev/null)"
        df -Pk "$file" 2>/dev/null | { read -r header; read -r device total used free rest; echo "space $total $free"; }
        end=$(tail -c {{LargestPart}} "$file") || { echo "'tail' failed" >&2; return 1; }
        echo "{{LogStart}}"
        printf '%s\n' "$end"
        """;

    /// <summary>What the script says of a file.</summary>
    /// <param name="text">What it printed before the log.</param>
    internal static AuditFile ReadFile(string text)
    {
        var lines = text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var mode = lines.FirstOrDefault(words => words is ["mode", _])?[1];
        var space = lines.FirstOrDefault(words => words is ["space", _, _]);
        return new AuditFile(
            mode is not null && mode.All(digit => digit is >= '0' and <= '7') ? mode : null, ReadKib(space?[1]), ReadKib(space?[2]));
    }

    private static long? ReadKib(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var kib) ? kib : null;

    private static AuditTrace Find(string text, string digest, string value) =>
        new(text.Contains(digest, StringComparison.Ordinal), text.Contains(value, StringComparison.Ordinal));

    private Task<string> ReadOutputAsync(CancellationToken cancellationToken) =>
        logs.ReadAsync(target, new LogOptions { SinceSeconds = RecentSeconds, LargestBytes = LargestPart }, cancellationToken);
}
