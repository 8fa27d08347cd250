namespace VaultConformance.Harness.Secrets;

/// <summary>Unseal keys, recovery keys and root tokens in the entries of an object.</summary>
internal static class UnsealMaterialText
{
    /// <summary>True when the entries hold such material, or held it under a name that says so before it was masked.</summary>
    /// <param name="owner">Name of the object.</param>
    /// <param name="entries">Names and texts.</param>
    public static bool IsIn(string owner, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return KeyShares.AreIn(owner, entries)
            || entries.Any(
                entry => IsNameOfMaterial(entry.Key)
                    && entry.Value.Trim() is { Length: > 0 } text
                    && !SecretValues.IsReference(text)
                    && !SecretValues.IsSwitch(text));
    }

    /// <summary>True when the name of an entry is that of the material itself.</summary>
    /// <param name="name">Name of the entry.</param>
    public static bool IsNameOfMaterial(string name) => KeyShares.IsNameOfMaterial(name);
}
