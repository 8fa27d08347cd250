using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Bundles;

/// <summary>A bundle cannot be used: it is none, it is damaged, or it is not what this program reads.</summary>
public sealed class BundleException : ReportingException
{
    private const int MostProblems = 20;

    private BundleException(string message, IReadOnlyList<string> problems, Exception? innerException = null)
        : base(message, problems, innerException)
    {
    }

    /// <summary>Problems with a bundle.</summary>
    /// <param name="name">The bundle, as the user named it.</param>
    /// <param name="problems">One sentence each, without a full stop; not empty.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public static BundleException Refused(string name, IReadOnlyList<string> problems, Exception? innerException = null)
    {
        IReadOnlyList<string> shown = [.. problems.Take(MostProblems).Select(problem => Printable.Cut(Printable.ToOneLine(problem), 500))];
        var text = shown.Count == 1 ? $" {shown[0]}." : string.Concat(shown.Select(problem => $"\n  {problem}"));
        var more = problems.Count > MostProblems ? $"\n  and {problems.Count - MostProblems} more" : string.Empty;
        return new BundleException($"Bundle '{name}' is refused:{text}{more}{(shown.Count == 1 ? " " : "\n")}Record the evidence again, "
            + "or take an untouched copy.", shown, innerException);
    }

    /// <summary>A bundle could not be opened.</summary>
    /// <param name="path">Where it should be.</param>
    /// <param name="cause">What the system said.</param>
    public static BundleException Unreadable(string path, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var sentence = Directory.Exists(path)
            ? $"Bundle '{path}' is a folder. Name the file, for example '{Path.Combine(path, BundleLayout.FileName)}'."
            : cause is FileNotFoundException or DirectoryNotFoundException
                ? $"Bundle '{path}' does not exist."
                : $"Bundle '{path}' cannot be read: {cause.Message}";
        return new BundleException(sentence, [sentence], cause);
    }

    /// <summary>One problem with a bundle.</summary>
    /// <param name="name">The bundle, as the user named it.</param>
    /// <param name="problem">A sentence without a full stop.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public static BundleException Refused(string name, string problem, Exception? innerException = null) =>
        Refused(name, [problem], innerException);
}
