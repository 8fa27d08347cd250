using System.Text;

namespace VaultConformance.Harness.Probes.PodSecurity;

/// <summary>Reads warnings of an API server: a code, an agent and a quoted text each, several of them behind commas.</summary>
internal static class WarningText
{
    /// <summary>The texts of a header. A header that is written in another way is taken whole.</summary>
    /// <param name="header">Value of the header.</param>
    public static IReadOnlyList<string> List(string header)
    {
        List<string> texts = [];
        StringBuilder? open = null;
        for (var index = 0; index < header.Length; index++)
        {
            var letter = header[index];
            if (open is null)
            {
                open = letter == '"' ? new StringBuilder() : null;
            }
            else if (letter == '"')
            {
                texts.Add(open.ToString());
                open = null;
            }
            else
            {
                open.Append(letter == '\\' && index + 1 < header.Length ? header[++index] : letter);
            }
        }

        return texts.Count == 0 || open is not null ? [header] : texts;
    }
}
