namespace VaultConformance.Reporting.Profiles;

/// <summary>A profile cannot be used: it is not there, or it does not say what a profile has to say.</summary>
public sealed class ProfileException : ReportingException
{
    private ProfileException(string message, IReadOnlyList<string> problems, Exception? innerException = null)
        : base(message, problems, innerException)
    {
    }

    internal static ProfileException Invalid(string path, IReadOnlyList<string> problems)
    {
        var count = problems.Count == 1 ? "a problem" : $"{problems.Count} problems";
        var lines = string.Concat(problems.Select(problem => $"\n  {problem}"));
        return new ProfileException($"Profile '{path}' has {count}:{lines}", problems);
    }

    internal static ProfileException Unreadable(string path, Exception cause)
    {
        var message = $"Profile '{path}' cannot be read: {cause.Message}";
        return new ProfileException(message, [message], cause);
    }

    internal static ProfileException Unknown(string message) => new(message, [message]);
}
