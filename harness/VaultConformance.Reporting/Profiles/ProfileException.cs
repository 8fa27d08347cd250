using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Profiles;

/// <summary>A profile cannot be used: it is not there, or it does not say what a profile has to say.</summary>
public sealed class ProfileException : ReportingException
{
    private ProfileException(string message, IReadOnlyList<string> problems, Exception? innerException = null)
        : base(message, problems, innerException)
    {
    }

    internal static ProfileException Invalid(string path, IReadOnlyList<string> problems) =>
        new(ProblemText.Write($"Profile '{path}'", problems), problems);

    internal static ProfileException Unreadable(string path, Exception cause)
    {
        var message = $"Profile '{path}' cannot be read: {cause.Message}";
        return new ProfileException(message, [message], cause);
    }

    /// <summary>A file bears the name of a profile that it is not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reference">Name and version that it bears.</param>
    public static ProfileException Disguised(string path, string reference)
    {
        var message = $"Profile '{path}' calls itself {reference}, which is built in and says something else. Give it a name or a version "
            + "of its own.";
        return new ProfileException(message, [message]);
    }

    internal static ProfileException Unknown(string message) => new(message, [message]);
}
