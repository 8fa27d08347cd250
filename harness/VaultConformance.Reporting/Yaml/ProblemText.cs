using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Yaml;

/// <summary>Says the problems of a file in one message that stays readable whatever the file holds.</summary>
internal static class ProblemText
{
    private const int Shown = 50;
    private const int LongestLine = 1000;

    /// <summary>The message.</summary>
    /// <param name="file">What the file is and where, for example <c>Profile 'p.yaml'</c>.</param>
    /// <param name="problems">Every problem, in order.</param>
    public static string Write(string file, IReadOnlyList<string> problems)
    {
        var count = problems.Count == 1 ? "a problem" : $"{problems.Count} problems";
        var lines = string.Concat(problems.Take(Shown).Select(problem => $"\n  {Printable.Cut(problem, LongestLine)}"));
        return $"{file} has {count}:{lines}{(problems.Count > Shown ? $"\n  … and {problems.Count - Shown} more" : string.Empty)}";
    }
}
