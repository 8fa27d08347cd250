namespace VaultConformance.Reporting.Yaml;

/// <summary>Collects every problem of one file, so that a user sees them all at once.</summary>
internal sealed class ProblemList
{
    private readonly List<(int Line, string Text)> _problems = [];

    /// <summary>True when nothing was found.</summary>
    public bool IsEmpty => _problems.Count == 0;

    /// <summary>The problems by line, each as <c>line 4: …</c>.</summary>
    public IReadOnlyList<string> Lines =>
        [.. _problems.OrderBy(problem => problem.Line).Select(problem => $"line {problem.Line}: {problem.Text}")];

    /// <summary>Adds a problem.</summary>
    /// <param name="line">Line, from 1.</param>
    /// <param name="text">One sentence.</param>
    public void Add(int line, string text) => _problems.Add((line, text));
}
