using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Waivers;

/// <summary>A file of waivers cannot be used: it cannot be read, or it does not say what it has to say.</summary>
public sealed class WaiverException : ReportingException
{
    private WaiverException(string message, IReadOnlyList<string> problems, Exception? innerException = null)
        : base(message, problems, innerException)
    {
    }

    internal static WaiverException Invalid(string path, IReadOnlyList<string> problems) =>
        new(ProblemText.Write($"Waiver file '{path}'", problems), problems);

    internal static WaiverException Unreadable(string path, Exception cause)
    {
        var message = $"Waiver file '{path}' cannot be read: {cause.Message}";
        return new WaiverException(message, [message], cause);
    }

    internal static WaiverException Doubled(string id, string path, string other)
    {
        var message = $"Waiver '{id}' is in '{other}' and again in '{path}'. Give each waiver an id of its own.";
        return new WaiverException(message, [message]);
    }
}
