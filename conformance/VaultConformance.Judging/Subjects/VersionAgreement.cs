using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Subjects;

/// <summary>Whether the program that was checked in a container is of the version that its server calls itself.</summary>
public static partial class VersionAgreement
{
    /// <summary>Compares the two; nothing when they agree or one of them tells no version.</summary>
    /// <param name="files">Holds what <c>vault version</c> printed.</param>
    /// <param name="state">What the server says; null when it was not asked.</param>
    public static IEnumerable<Judgement> Judge(FileFacts files, VaultServerState? state)
    {
        var printed = Form.Match(files.VaultVersion.Output) is { Success: true } match ? VaultVersion.TryParse(match.Value) : null;
        if (printed is not null && state is not null && VaultVersion.TryParse(state.Version) is { } running && printed != running)
        {
            yield return Judgement.Unknown(
                "version of the program in the container",
                $"{running}, as the server says",
                $"{printed} ('{files.VaultVersion.Output}'): the program that was checked is not the one that runs, or one of the two "
                    + "was recorded of another server");
        }
    }

    /// <summary>Compares what the server logged when it started; nothing when both agree or the log does not tell.</summary>
    /// <param name="log">Lines of its log; null when they were not read.</param>
    /// <param name="state">What the server says; null when it was not asked.</param>
    public static IEnumerable<Judgement> JudgeLog(ServerLogFacts? log, VaultServerState? state)
    {
        var line = log?.Lines.LastOrDefault(line => line.TrimStart().StartsWith("Version: ", StringComparison.Ordinal));
        if (line is not null
            && Form.Match(line) is { Success: true } match
            && state is not null
            && VaultVersion.TryParse(match.Value) is { } logged
            && VaultVersion.TryParse(state.Version) is { } running && logged != running)
        {
            yield return Judgement.Unknown(
                "version that the server logged at its start", $"{running}, as the server says", $"{logged} ('{line.Trim()}')");
        }
    }

    // Both may add what kind of build it is, each in its own way.
    [GeneratedRegex(@"(?<![\d.])v?\d+\.\d+\.\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
