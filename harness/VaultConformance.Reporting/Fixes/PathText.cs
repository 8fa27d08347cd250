namespace VaultConformance.Reporting.Fixes;

/// <summary>Compares paths of folders as the kernel sees them.</summary>
internal static class PathText
{
    /// <summary>The path without doubled slashes, dots and a slash at its end.</summary>
    /// <param name="path">The path.</param>
    public static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>True when a path lies below another one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="folder">The other.</param>
    public static bool IsBelow(string path, string folder) =>
        Normalize(path).StartsWith(Normalize(folder).TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>True when both are the same folder.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool AreSame(string left, string right) => Normalize(left) == Normalize(right);
}
