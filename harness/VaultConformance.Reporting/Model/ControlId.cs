using System.Text.RegularExpressions;

namespace VaultConformance.Reporting.Model;

/// <summary>Stable id of a control, for example <c>CORE-1</c>.</summary>
/// <param name="Family">Family, upper case.</param>
/// <param name="Number">Number within the family, from 1.</param>
public readonly partial record struct ControlId(string Family, int Number) : IComparable<ControlId>
{
    /// <summary>Reads an id; letter case does not matter.</summary>
    /// <param name="text">For example <c>CORE-1</c>.</param>
    /// <param name="id">The id.</param>
    public static bool TryParse(string? text, out ControlId id)
    {
        var match = Form.Match(text ?? string.Empty);
        id = match.Success ? new ControlId(match.Groups[1].Value.ToUpperInvariant(), int.Parse(match.Groups[2].ValueSpan)) : default;
        return match.Success;
    }

    /// <summary>Reads an id.</summary>
    /// <param name="text">For example <c>CORE-1</c>.</param>
    /// <exception cref="FormatException">The text is not a control id.</exception>
    public static ControlId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a control id; ids look like CORE-1.");

    /// <inheritdoc />
    public int CompareTo(ControlId other) =>
        Family == other.Family ? Number.CompareTo(other.Number) : string.CompareOrdinal(Family, other.Family);

    /// <summary>Compares two ids.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(ControlId left, ControlId right) => left.CompareTo(right) < 0;

    /// <summary>Compares two ids.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(ControlId left, ControlId right) => left.CompareTo(right) > 0;

    /// <summary>Compares two ids.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(ControlId left, ControlId right) => left.CompareTo(right) <= 0;

    /// <summary>Compares two ids.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(ControlId left, ControlId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => $"{Family}-{Number}";

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9]{1,5})-([1-9][0-9]{0,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
