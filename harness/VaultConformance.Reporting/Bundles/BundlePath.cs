namespace VaultConformance.Reporting.Bundles;

/// <summary>What a part may be called: plain words with slashes between them, which mean the same on every system.</summary>
internal static class BundlePath
{
    public const int Longest = 240;

    /// <summary>Why a path is refused, as the end of a sentence, or null.</summary>
    /// <param name="path">The path.</param>
    public static string? ExplainRefusal(string path) => path switch
    {
        "" => "has no name",
        { Length: > Longest } => $"has a name of more than {Longest} characters",
        ['/', ..] => "has an absolute path",
        [.., '/'] => "is a folder; a bundle has only files",
        _ when path.Contains('\\', StringComparison.Ordinal) => "has a backslash in its path",
        _ when path.Contains(':', StringComparison.Ordinal) => "has a drive or a ':' in its path",
        _ when path.Split('/').Any(step => step is "." or "..") => "has a path that leads elsewhere ('.' or '..')",
        _ when path.Split('/').Any(step => step.Length == 0 || step.EndsWith('.')) =>
            "has a step in its path that is empty or ends with '.'",
        _ when !path.All(IsPlain) => "has characters in its path other than letters, digits, '.', '_', '-' and '/'",
        _ => null,
    };

    /// <summary>A name that can be one step of a path: other characters become '-'.</summary>
    /// <param name="name">Any name.</param>
    public static string Step(string name)
    {
        var plain = string.Concat(name.Select(character => IsPlain(character) && character != '/' ? character : '-')).Trim('.');
        return plain.Length == 0 ? "-" : plain[..Math.Min(plain.Length, 100)].TrimEnd('.');
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '/';
}
