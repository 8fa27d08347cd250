using System.Text.RegularExpressions;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault.Setup;

/// <summary>
/// The last lines that a program printed, without secrets. A private key goes over many lines and is taken out as it comes: later its first
/// line may be gone.
/// </summary>
/// <param name="redactor">Knows the secrets of this run.</param>
internal sealed partial class ProgramOutput(SecretRedactor redactor)
{
    private const int KeptLines = 200;
    private const int LongestLine = 2000;
    private const string Masked = Credentials.Masked;
    private readonly List<string> _lines = [];
    private readonly Lock _lock = new();

    /// <summary>Something that takes the lines of one stream in their order.</summary>
    public Action<string> OpenStream()
    {
        var inKey = false;
        return line =>
        {
            var plain = Colours.Replace(line, string.Empty);
            var (begins, ends) = (KeyBegin.IsMatch(plain), KeyEnd.IsMatch(plain));
            if (inKey)
            {
                inKey = !ends;
                return;
            }

            inKey = begins && !ends;
            Keep(begins || ends ? Masked : plain, cutKey: ends && !begins);
        };
    }

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Copy()
    {
        lock (_lock)
        {
            return [.. _lines];
        }
    }

    private void Keep(string line, bool cutKey)
    {
        var clean = Quoted.Replace(Changed.Replace(SecretScanner.Mask(redactor.Redact(line)), Replace), Replace);
        lock (_lock)
        {
            // The end of a key whose beginning was printed elsewhere.
            while (cutKey && _lines is [.., var last] && KeyBody.IsMatch(last))
            {
                _lines.RemoveAt(_lines.Count - 1);
            }

            _lines.Add(clean.Length > LongestLine ? clean[..LongestLine] : clean);
            if (_lines.Count > KeptLines)
            {
                _lines.RemoveAt(0);
            }
        }
    }

    private static string Replace(Match match) => match.Groups["keep"].Value + Masked + match.Groups["end"].Value;

    // What a terminal does with text: colours, titles, links.
    [GeneratedRegex(@"\x1B(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(\x07|\x1B\\)?|[@-Z\\-_])")]
    private static partial Regex Colours { get; }

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY")]
    private static partial Regex KeyBegin { get; }

    [GeneratedRegex("-----END [A-Z0-9 ]{0,30}PRIVATE KEY")]
    private static partial Regex KeyEnd { get; }

    [GeneratedRegex(@"^\s*[A-Za-z0-9+/=]{8,}\s*$")]
    private static partial Regex KeyBody { get; }

    // A plan shows the old value and the new one: password = "***" -> "new".
    [GeneratedRegex(@"(?<keep>\*{3}['""]?\s{1,8}->\s{1,8}['""]?)(?!\(|\*)[^\s'"",]+(?<end>['""]?)")]
    private static partial Regex Changed { get; }

    [GeneratedRegex(
        @"(?<keep>\b(password|passwd|passphrase|secret|token|api[ _-]?key)\s{1,4}(is\s{1,4})?['""])[^'""]{3,}(?<end>['""])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Quoted { get; }
}
