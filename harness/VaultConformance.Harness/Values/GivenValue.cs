using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Values;

/// <summary>A value as it was given.</summary>
/// <param name="At">Its place among all values of all files, from 0.</param>
/// <param name="File">Name of its file without the folder.</param>
/// <param name="FileNumber">Which of the files it is, from 1.</param>
/// <param name="Leaf">The value.</param>
internal sealed record GivenValue(int At, string File, int FileNumber, ValueLeaf Leaf)
{
    private const string Switch = "enabled";

    /// <summary>True when it switches something on.</summary>
    public bool IsOn => IsSwitch && Leaf.Value?.ToString() is "true" or "True";

    /// <summary>True when it switches something off.</summary>
    public bool IsOff => IsSwitch && Leaf.Value?.ToString() is "false" or "False";

    private bool IsSwitch => Leaf.Path[^1] == Switch && Leaf.Value is JsonValue;

    /// <summary>
    /// True when a later value takes its place: the same key, one above it that is no mapping, or one below it where this is none.
    /// </summary>
    /// <param name="later">A later value.</param>
    public bool IsReplacedBy(GivenValue later)
    {
        var common = Math.Min(Leaf.Path.Count, later.Leaf.Path.Count);
        return later.FileNumber != FileNumber
            && Leaf.Path.Take(common).SequenceEqual(later.Leaf.Path.Take(common), StringComparer.Ordinal)
            && (later.Leaf.Path.Count > Leaf.Path.Count ? Leaf.Value is not JsonObject : later.Leaf.Value is not JsonObject);
    }

    /// <summary>True when both switch something in the same block: modes of the same thing.</summary>
    /// <param name="other">Another value.</param>
    public bool IsBeside(GivenValue other) => Leaf.Path.Count > 2
        && other.Leaf.Path.Count == Leaf.Path.Count
        && other.Leaf.Path[^2] != Leaf.Path[^2]
        && other.Leaf.Path.SkipLast(2).SequenceEqual(Leaf.Path.SkipLast(2), StringComparer.Ordinal);
}
