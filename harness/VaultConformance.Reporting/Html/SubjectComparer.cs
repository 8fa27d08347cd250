using System.Globalization;

namespace VaultConformance.Reporting.Html;

/// <summary>Orders names as people do: <c>vault-2</c> before <c>vault-10</c>.</summary>
public sealed class SubjectComparer : IComparer<string>
{
    private static readonly CompareInfo Invariant = CultureInfo.InvariantCulture.CompareInfo;

    private SubjectComparer()
    {
    }

    /// <summary>The order.</summary>
    public static SubjectComparer Natural { get; } = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y) => Invariant.Compare(x, y, CompareOptions.NumericOrdering) is var order and not 0
        ? order
        : string.CompareOrdinal(x, y);
}
