using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Values;

/// <summary>A value that a values file gives: a scalar, a list, or a mapping without entries.</summary>
/// <param name="Path">The keys from the root.</param>
/// <param name="Line">Line of the last key, counted from 1.</param>
/// <param name="Value">The value; null where the file says null.</param>
/// <param name="HoldsAnchor">True when it stands at or below an anchor that an alias uses.</param>
internal sealed record ValueLeaf(IReadOnlyList<string> Path, int Line, JsonNode? Value, bool HoldsAnchor)
{
    /// <summary>
    /// The keys with dots between them; a dot within a key is escaped as Helm wants it, and what looks like a secret is masked.
    /// </summary>
    public string Key => string.Join('.', Path.Select(key => Mask(key).Replace(".", "\\.", StringComparison.Ordinal)));

    // Nearly all keys are a word.
    private static string Mask(string key) => key.All(char.IsAsciiLetter) ? key : SecretShapes.Replace(key);
}
