using System.Globalization;
using System.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Passes text on without blanks at the ends of lines and, where only ASCII can be shown, in ASCII.</summary>
/// <param name="next">Where the text goes.</param>
/// <param name="ascii">True for ASCII only.</param>
internal sealed class TidyWriter(TextWriter next, bool ascii) : TextWriter(CultureInfo.InvariantCulture)
{
    private static readonly Dictionary<char, string> Replacements = new()
    {
        ['…'] = "...", ['–'] = "-", ['—'] = "-", ['‘'] = "'", ['’'] = "'", ['“'] = "\"", ['”'] = "\"",
        ['→'] = "->", ['≤'] = "<=", ['≥'] = ">=", ['×'] = "x", ['·'] = "-", ['✓'] = "+", ['─'] = "-", ['│'] = "|", ['§'] = "section ",
    };

    private readonly Lock _lock = new();
    private int _blanks;

    /// <inheritdoc />
    public override Encoding Encoding => next.Encoding;

    /// <inheritdoc />
    public override void Write(char value)
    {
        lock (_lock)
        {
            Pass(value);
        }
    }

    /// <inheritdoc />
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_lock)
        {
            foreach (var value in buffer)
            {
                Pass(value);
            }
        }
    }

    /// <inheritdoc />
    public override void WriteLine(string? value)
    {
        lock (_lock)
        {
            Write(value.AsSpan());
            Pass('\n');
        }
    }

    /// <inheritdoc />
    public override void Flush() => next.Flush();

    private void Pass(char value)
    {
        switch (value)
        {
            case ' ':
                _blanks++;
                return;
            case '\r':
                return;
            case '\n':
                _blanks = 0;
                next.WriteLine();
                return;
        }

        next.Write(new string(' ', _blanks));
        _blanks = 0;
        if (ascii && value > '~')
        {
            next.Write(Replacements.GetValueOrDefault(value) ?? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)value:X4}"));
        }
        else
        {
            next.Write(value);
        }
    }
}
