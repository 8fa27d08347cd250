using System.Text.RegularExpressions;

namespace VaultConformance.Reporting.Html;

/// <summary>Orders names as people do: <c>vault-2</c> before <c>vault-10</c>.</summary>
internal sealed partial class SubjectComparer : IComparer<string>
{
    private const int Digits = 18;

    private SubjectComparer()
    {
    }

    /// <summary>The order.</summary>
    public static SubjectComparer Natural { get; } = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y) =>
        string.CompareOrdinal(CreateKey(x), CreateKey(y)) is var order and not 0 ? order : string.CompareOrdinal(x, y);

    private static string? CreateKey(string? name) => name is null ? null : Number.Replace(name, match => match.Value.PadLeft(Digits, '0'));

    [GeneratedRegex("[0-9]{1,18}", RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }
}
