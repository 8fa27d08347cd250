namespace VaultConformance.Reporting.Model;

/// <summary>Names a run by what it tested, so that the cells of a matrix can be told apart.</summary>
internal static class RunTitle
{
    private const string Suite = "VaultConformance";

    /// <summary>Chart and values, for example <c>vault 0.34.1, values.yaml</c>; the profile where neither is known.</summary>
    /// <param name="report">The report.</param>
    public static string Write(ConformanceReport report)
    {
        string?[] parts = [FindShort(report, "Chart"), FindShort(report, "Values")];
        return string.Join(", ", parts.OfType<string>().Where(part => part.Length > 0)) is { Length: > 0 } title ? title : report.Profile;
    }

    /// <summary>The same as the name of a test suite, with a stand-in said.</summary>
    /// <param name="report">The report.</param>
    public static string WriteSuite(ConformanceReport report) =>
        $"{Suite}{(report.StandIn ? " [stand-in: certifies nothing]" : string.Empty)} {Write(report)}";

    // Digests in parentheses are exact, and too long for a name.
    private static string? FindShort(ConformanceReport report, string name) =>
        report.Subject.FirstOrDefault(fact => fact.Name == name)?.Value is { } value ? WithoutDigests(value) : null;

    private static string WithoutDigests(string value) =>
        string.Join(", ", value.Split(", ").Select(part => part.Split(" (sha256", 2)[0].Trim()));
}
