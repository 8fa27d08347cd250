using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Values;

/// <summary>A value that a values file gives: a scalar, a list, or a mapping without entries.</summary>
/// <param name="Path">The keys from the root.</param>
/// <param name="Line">Line of the last key, counted from 1.</param>
/// <param name="Value">The value; null where the file says null.</param>
/// <param name="HoldsAnchor">True when it stands at or below an anchor that an alias uses.</param>
internal sealed record ValueLeaf(IReadOnlyList<string> Path, int Line, JsonNode? Value, bool HoldsAnchor)
{
    /// <summary>The keys with dots between them; a dot within a key is escaped as Helm wants it.</summary>
    public string Key => string.Join('.', Path.Select(key => key.Replace(".", "\\.", StringComparison.Ordinal)));
}
