using VaultConformance.Files;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Runs.Plan;

/// <summary>Finds the text of a key where a user says it is: in a file, or in a variable of the environment.</summary>
/// <param name="variables">The environment.</param>
/// <param name="workingFolder">Folder that relative paths start from.</param>
internal sealed class KeySource(IReadOnlyDictionary<string, string> variables, string workingFolder)
{
    /// <summary>What stands before the name of a variable.</summary>
    public const string VariablePrefix = "env:";

    /// <summary>What the value of an option for a key is, for the help.</summary>
    public const string Hint = "file|env:NAME";

    private const int LargestFile = 64 * 1024;
    private const UnixFileMode ReadableByOthers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The text of a key.</summary>
    /// <param name="option">The option that names it, for messages, for example <c>--key</c>.</param>
    /// <param name="given">Its value: a file, or <c>env:NAME</c>.</param>
    /// <exception cref="AttestationException">There is no such file or variable.</exception>
    public KeyText Read(string option, string given) => given.StartsWith(VariablePrefix, StringComparison.Ordinal)
        ? FromVariable(option, given[VariablePrefix.Length..])
        : FromFile(option, given);

    /// <summary>A sentence when a file with a private key can be read by others; otherwise nothing.</summary>
    /// <param name="given">The value of the option.</param>
    public IReadOnlyList<string> ListWarnings(string given) =>
        !OperatingSystem.IsWindows()
            && !given.StartsWith(VariablePrefix, StringComparison.Ordinal)
            && (File.GetUnixFileMode(ToFullPath(given)) & ReadableByOthers) != UnixFileMode.None
            ? [$"The private key in '{given}' can be read by others on this machine; 'chmod 600 {given}' ends that."]
            : [];

    private KeyText FromVariable(string option, string name) => variables.GetValueOrDefault(name) is { Length: > 0 } text
        ? new KeyText(text, $"{option} {VariablePrefix}{name}")
        : throw new AttestationException($"{option}: variable '{name}' is not set or empty; it must hold the key as PEM text.");

    private KeyText FromFile(string option, string given)
    {
        if (GivenText.FindProblem(given) is { } problem)
        {
            throw new AttestationException($"{option}: {problem}, or {VariablePrefix}NAME for a variable that holds the key");
        }

        var path = ToFullPath(given);
        if (Directory.Exists(path))
        {
            throw new AttestationException($"{option}: '{given}' is a folder, not a file");
        }

        if (!File.Exists(path))
        {
            throw new AttestationException(
                $"{option}: file '{given}' does not exist; name a PEM file, or {VariablePrefix}NAME for a variable that holds the key");
        }

        try
        {
            RegularFile.Require(path);
            return new FileInfo(path).Length > LargestFile
                ? throw new AttestationException($"{option}: file '{given}' is larger than {LargestFile / 1024} KiB; no key is")
                : new KeyText(File.ReadAllText(path), $"{option} '{given}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AttestationException($"{option}: file '{given}' cannot be read: {exception.Message}", exception);
        }
    }

    private string ToFullPath(string given) => Path.GetFullPath(given, workingFolder);
}
