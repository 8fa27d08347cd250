namespace VaultConformance.Reporting.Values;

/// <summary>
/// Blocks of the chart's values that have no keys of their own: what a user gives there is taken as a whole, so that a key that is missing
/// in it is the user's omission and not the chart's default.
/// </summary>
internal static class ChartBlocks
{
    public static readonly IReadOnlyList<string> Keys =
    [
        "server.statefulSet.securityContext.pod",
        "server.statefulSet.securityContext.container",
        "server.resources",
    ];

    /// <summary>True when a key names such a block or something in it.</summary>
    /// <param name="key">The key.</param>
    public static bool Contain(string key) =>
        Keys.Any(block => key.StartsWith(block, StringComparison.Ordinal) && (key.Length == block.Length || key[block.Length] == '.'));
}
