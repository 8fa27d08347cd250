namespace VaultConformance.Reporting.Model;

/// <summary>The layout of <c>results.json</c>.</summary>
public static class ResultsSchema
{
    /// <summary>
    /// Version that this program writes and reads; see <c>docs/schemas</c>. It rises in its first part when readers of the old layout would
    /// break, in its second when something is added.
    /// </summary>
    public const string Version = "1.4";
}
