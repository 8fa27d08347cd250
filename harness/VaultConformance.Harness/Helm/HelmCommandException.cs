using System.Globalization;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Helm;

/// <summary>Helm ended with a non-zero exit code.</summary>
public sealed class HelmCommandException : HarnessException
{
    private const string ErrorMark = "Error:";
    private const int LongestWords = 2_000;
    private const int LongestBefore = 300;

    /// <summary>Creates the exception.</summary>
    /// <param name="kind">Whose problem it is: rendering is the user's, the rest the environment's.</param>
    /// <param name="result">What Helm did.</param>
    /// <param name="advice">What to do next; a sentence.</param>
    public HelmCommandException(FailureKind kind, HelmResult result, string advice)
        : base(kind, WriteText(result, advice))
    {
        Result = result;
    }

    /// <summary>What Helm did.</summary>
    public HelmResult Result { get; }

    // Values and objects that Helm quotes may hold secrets.
    private static string WriteText(HelmResult result, string advice)
    {
        var said = result.StandardError.Trim() is { Length: > 0 } error ? error : result.StandardOutput.Trim();
        var words = ToOneLine(said);
        // The error itself comes last, below warnings and a log that may be long; a reader wants it first.
        var at = said.StartsWith(ErrorMark, StringComparison.Ordinal) ? 0 : said.IndexOf('\n' + ErrorMark, StringComparison.Ordinal) + 1;
        var seen = words.Length == 0 ? "it printed nothing"
            : at > 0 ? $"{Shorten(ToOneLine(said[at..]), LongestWords)} (before that: {Shorten(ToOneLine(said[..at]), LongestBefore)})"
            : Shorten(words, LongestWords);
        return string.Create(
            CultureInfo.InvariantCulture, $"'helm {result.Verb}' ended with exit code {result.ExitCode}. Last seen: {seen}. {advice}");
    }

    private static string ToOneLine(string text) => new SecretRedactor().Redact(text).ReplaceLineEndings(" ").Trim().TrimEnd('.');

    private static string Shorten(string text, int longest) => text.Length > longest ? $"…{text[^longest..]}" : text;
}

/// <summary>What one Helm command did. An exit code is data; throwing is the caller's choice.</summary>
/// <param name="Verb">First word(s) of the command, for example <c>install</c>.</param>
/// <param name="ExitCode">Exit code.</param>
/// <param name="StandardOutput">Standard output.</param>
/// <param name="StandardError">Standard error.</param>
public sealed record HelmResult(string Verb, int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>The same result if Helm succeeded.</summary>
    /// <param name="kind">Whose problem a failure is.</param>
    /// <param name="advice">What to do next; a sentence.</param>
    /// <exception cref="HelmCommandException">Helm failed.</exception>
    public HelmResult ThrowOnFailure(FailureKind kind, string advice) =>
        ExitCode == 0 ? this : throw new HelmCommandException(kind, this, advice);
}
