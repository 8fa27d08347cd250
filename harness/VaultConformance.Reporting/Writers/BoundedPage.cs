using System.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>
/// Collects lines up to a size in bytes; the first line that does not fit is replaced by a notice and nothing follows it.
/// </summary>
/// <param name="maximumBytes">Largest size in bytes of UTF-8, the notice included.</param>
/// <param name="notice">What is said instead of the rest.</param>
internal sealed class BoundedPage(int maximumBytes, string notice)
{
    private readonly StringBuilder _text = new();
    private int _left = maximumBytes - Encoding.UTF8.GetByteCount(notice) - 2;
    private bool _full;

    /// <summary>Adds lines.</summary>
    /// <param name="lines">Lines without line ends.</param>
    public void Add(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            AddLine(line);
        }
    }

    /// <summary>Adds a table and an empty line.</summary>
    /// <param name="header">Column heads.</param>
    /// <param name="rows">Rows of escaped cells.</param>
    public void AddTable(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        Add(WriteRow(header), WriteRow([.. header.Select(_ => "---")]));
        foreach (var row in rows)
        {
            AddLine(WriteRow(row));
        }

        AddLine(string.Empty);
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private static string WriteRow(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |";

    private void AddLine(string line)
    {
        var size = Encoding.UTF8.GetByteCount(line) + 1;
        if (_full)
        {
            return;
        }

        if (size > _left)
        {
            _full = true;
            _text.Append('\n').Append(notice).Append('\n');
            return;
        }

        _left -= size;
        _text.Append(line).Append('\n');
    }
}
