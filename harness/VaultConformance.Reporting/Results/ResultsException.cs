using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Results;

/// <summary>A <c>results.json</c> cannot be used: it cannot be read, or it does not say what it has to say.</summary>
public sealed class ResultsException : ReportingException
{
    private const int MostProblems = 20;

    private ResultsException(string message, IReadOnlyList<string> problems, Exception? innerException)
        : base(message, problems, innerException)
    {
    }

    internal static ResultsException Refused(string name, IReadOnlyList<string> problems, Exception? innerException = null)
    {
        IReadOnlyList<string> shown = [.. problems.Take(MostProblems).Select(problem => Printable.Cut(Printable.ToOneLine(problem), 500))];
        var text = shown.Count == 1 ? $" {shown[0]}." : string.Concat(shown.Select(problem => $"\n  {problem}")) + "\n";
        return new ResultsException(
            $"Results '{name}' are refused:{text}{(shown.Count == 1 ? " " : "")}Give the results.json of a run as it was written.",
            shown,
            innerException);
    }
}
