using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads the write attempts of a dump.</summary>
internal static class WriteAttemptsParser
{
    private const int ItemsPerAttempt = 3;

    /// <summary>One per directory, by path. When not all image directories could be tried, a last entry <c>…</c> says so.</summary>
    /// <exception cref="PodDumpException">The image has no <c>rm</c>, so nothing was tried.</exception>
    public static WriteAttempts Parse(PodDump dump)
    {
        if (dump.Find("writes") is not { } writes)
        {
            throw new PodDumpException(
                $"No write was attempted in {dump.Request.Target}: its image has no 'rm' to remove the files again.");
        }

        var attempts = writes.Items.Chunk(ItemsPerAttempt)
            .Where(items => items.Length == ItemsPerAttempt)
            .Select(items => ReadAttempt(items[0], items[1], items[2].Trim()))
            .OrderBy(attempt => attempt.Directory, StringComparer.Ordinal)
            .ToList();
        if (!string.IsNullOrEmpty(dump.FindText("writes-cut")))
        {
            attempts.Add(new WriteAttempt("…", WriteResult.Other, "the image has so many directories that the rest was not tried"));
        }

        return new WriteAttempts(attempts);
    }

    private static WriteAttempt ReadAttempt(string directory, string result, string message) => new(
        directory,
        result switch
        {
            "written" => WriteResult.Written,
            "missing" => WriteResult.NotFound,
            _ => ClassifyRefusal(message),
        },
        message);

    /// <summary>By the end of the message: what comes before it is the path, which could say anything.</summary>
    internal static WriteResult ClassifyRefusal(string message)
    {
        (string Ending, WriteResult Result)[] endings =
        [
            ("Read-only file system", WriteResult.ReadOnlyFileSystem),
            ("Permission denied", WriteResult.PermissionDenied),
            ("Operation not permitted", WriteResult.PermissionDenied),
            ("nonexistent directory", WriteResult.NotFound),
            ("Directory nonexistent", WriteResult.NotFound),
            ("No such file or directory", WriteResult.NotFound),
        ];
        return Array.Find(endings, known => message.EndsWith(": " + known.Ending, StringComparison.Ordinal)) is { Ending: not null } match
            ? match.Result
            : WriteResult.Other;
    }
}

/// <summary>Tries to create files.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class WriteAttemptsProbe(IPodDumps dumps)
    : ParsedDumpProbe<WriteAttempts>(ObservationKinds.WriteAttempts, dumps, WriteAttemptsParser.Parse);
