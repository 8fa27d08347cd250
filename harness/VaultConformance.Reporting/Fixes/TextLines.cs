using YamlDotNet.Core;

namespace VaultConformance.Reporting.Fixes;

/// <summary>A text and where its lines begin and end, whatever ends them.</summary>
internal sealed class TextLines
{
    private readonly List<(int Start, int End)> _lines = [];

    /// <summary>Splits a text.</summary>
    /// <param name="text">The text.</param>
    public TextLines(string text)
    {
        Text = text;
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '\n' || (text[at] is '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
            {
                _lines.Add((start, at > start && text[at] == '\n' && text[at - 1] == '\r' ? at - 1 : at));
                start = at + 1;
            }
        }

        _lines.Add((start, text.Length));
        NewLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    public string Text { get; }

    /// <summary>What ends a line in it.</summary>
    public string NewLine { get; }

    /// <summary>How many lines it has; the last may be empty.</summary>
    public int Count => _lines.Count;

    /// <summary>The text as the parser may have it: only what ends a line for an editor ends one.</summary>
    public string ToParsable() => Text.Replace('\uFEFF', ' ').Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ');

    /// <summary>The offset of a mark.</summary>
    /// <param name="mark">Line and column, both from 1.</param>
    public int GetOffset(Mark mark)
    {
        var line = (int)Math.Clamp(mark.Line, 1, _lines.Count);
        return Math.Min(_lines[line - 1].Start + (int)Math.Max(0, mark.Column - 1), Text.Length);
    }

    /// <summary>The line, from 1, that an offset is on.</summary>
    /// <param name="offset">The offset.</param>
    public int GetLine(int offset)
    {
        var found = _lines.FindLastIndex(line => line.Start <= offset);
        return found + 1;
    }

    /// <summary>Offset of the first character of a line.</summary>
    /// <param name="line">The line, from 1.</param>
    public int GetStart(int line) => _lines[line - 1].Start;

    /// <summary>Offset behind the last character of a line.</summary>
    /// <param name="line">The line, from 1.</param>
    public int GetEnd(int line) => _lines[line - 1].End;

    /// <summary>Offset of the line after one; the end of the text when there is none.</summary>
    /// <param name="line">The line, from 1.</param>
    public int GetNext(int line) => line < _lines.Count ? _lines[line].Start : Text.Length;

    /// <summary>True when a line holds nothing but blanks.</summary>
    /// <param name="line">The line, from 1.</param>
    public bool IsBlank(int line) => string.IsNullOrWhiteSpace(GetText(line));

    /// <summary>The text of a line.</summary>
    /// <param name="line">The line, from 1.</param>
    public string GetText(int line) => Text[GetStart(line)..GetEnd(line)];

    /// <summary>The column, from 0, of an offset.</summary>
    /// <param name="offset">The offset.</param>
    public int GetColumn(int offset) => offset - GetStart(GetLine(offset));

    /// <summary>Offset behind the colon that follows a key.</summary>
    /// <param name="offset">Offset behind the key.</param>
    public int FindBehindColon(int offset)
    {
        var at = Text.IndexOf(':', offset);
        return at < 0 ? offset : at + 1;
    }
}
