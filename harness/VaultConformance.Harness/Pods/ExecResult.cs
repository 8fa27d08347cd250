using System.Text;

namespace VaultConformance.Harness.Pods;

/// <summary>How a command in a container ended. The exit code is data; nothing throws for it unless asked.</summary>
/// <param name="Target">Where it ran.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="OutputBytes">Standard output as it came.</param>
/// <param name="ErrorBytes">Standard error as it came.</param>
internal sealed record ExecResult(PodContainer Target, int ExitCode, ReadOnlyMemory<byte> OutputBytes, ReadOnlyMemory<byte> ErrorBytes)
{
    private const int QuotedCharacters = 400;

    /// <summary>Standard output as UTF-8 text; invalid bytes are replaced.</summary>
    public string Output => Encoding.UTF8.GetString(OutputBytes.Span);

    /// <summary>Standard error as UTF-8 text; invalid bytes are replaced.</summary>
    public string Error => Encoding.UTF8.GetString(ErrorBytes.Span);

    /// <summary>This result, if the command succeeded.</summary>
    /// <param name="purpose">Completes the sentence "the command to …"; quoted in the message, so it must hold no secret.</param>
    /// <exception cref="PodExecException">The exit code is not zero. The message quotes standard error only, shortened.</exception>
    public ExecResult ThrowOnFailure(string purpose) => ExitCode == 0
        ? this
        : throw new PodExecException(
            ExecFailure.CommandFailed,
            $"The command to {purpose} in {Target} ended with exit code {ExitCode}. It printed: {Quote(Error)}. Run it by hand with "
                + "kubectl exec to see more.");

    internal static string Quote(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length switch
        {
            0 => "nothing on standard error",
            > QuotedCharacters => $"'{trimmed[..QuotedCharacters]}…'",
            _ => $"'{trimmed}'",
        };
    }
}
