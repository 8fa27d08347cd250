using System.Globalization;
using System.Text;

namespace VaultConformance.Harness.Config;

/// <summary>
/// Finds the end of a quoted string and resolves its escapes. Quotes inside <c>${…}</c> do not end the string in HCL; in JSON they do.
/// </summary>
internal static class HclStringScanner
{
    internal static int EndOf(string text, int start, int line, bool interpolates)
    {
        var braces = 0;
        for (var at = start + 1; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"' when braces == 0:
                    return at + 1;
                case '\n' when braces == 0:
                    throw new HclSyntaxException(line, "a string that is not closed on its line");
                case '\\':
                    at++;
                    break;
                case '{' when interpolates && (braces > 0 || text[at - 1] == '$'):
                    braces++;
                    break;
                case '}' when braces > 0:
                    braces--;
                    break;
            }
        }

        throw new HclSyntaxException(line, "a string that is never closed");
    }

    internal static string Resolve(ReadOnlySpan<char> written, int line)
    {
        var resolved = new StringBuilder(written.Length);
        while (written.Length > 0)
        {
            var escape = written.IndexOf('\\');
            if (escape < 0)
            {
                return resolved.Append(written).ToString();
            }

            resolved.Append(written[..escape]);
            written = written[(escape + 1)..];
            written = written[Append(resolved, written, line)..];
        }

        return resolved.ToString();
    }

    private static int Append(StringBuilder resolved, ReadOnlySpan<char> escape, int line)
    {
        if (escape.IsEmpty)
        {
            throw new HclSyntaxException(line, "an unfinished escape in a string");
        }

        switch (escape[0])
        {
            case 'u':
                return AppendCode(resolved, escape, 4, line);
            case 'U':
                return AppendCode(resolved, escape, 8, line);
            default:
                resolved.Append(ReadPlain(escape[0], line));
                return 1;
        }
    }

    private static int AppendCode(StringBuilder resolved, ReadOnlySpan<char> escape, int digits, int line)
    {
        if (escape.Length <= digits
            || !int.TryParse(escape.Slice(1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw new HclSyntaxException(line, "a broken \\u escape in a string");
        }

        if (digits == 4)
        {
            resolved.Append((char)code);
        }
        else if (Rune.IsValid(code))
        {
            resolved.Append(new Rune(code).ToString());
        }
        else
        {
            throw new HclSyntaxException(line, "a \\U escape outside Unicode");
        }

        return digits + 1;
    }

    private static char ReadPlain(char escape, int line) => escape switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'v' => '\v',
        '"' or '\\' or '/' or '\'' => escape,
        _ => throw new HclSyntaxException(line, "an escape in a string that HCL does not know"),
    };
}
