namespace VaultConformance.Reporting.Waivers;

/// <summary>Patterns of pod names, where <c>*</c> stands for any characters.</summary>
internal static class PodPattern
{
    /// <summary>Whether a name has the form of a pattern.</summary>
    /// <param name="pattern">For example <c>vault-*</c>.</param>
    /// <param name="name">Name of a pod.</param>
    public static bool Matches(string pattern, string name)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return name == pattern;
        }

        if (!name.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var position = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = name.IndexOf(part, position, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            position = found + part.Length;
        }

        return name.Length - parts[^1].Length >= position && name.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
