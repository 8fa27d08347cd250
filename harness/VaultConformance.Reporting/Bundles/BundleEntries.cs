using System.IO.Compression;

namespace VaultConformance.Reporting.Bundles;

/// <summary>Checks the entries of a ZIP file and unpacks them in memory.</summary>
internal static class BundleEntries
{
    private const int FileTypes = 0xF000;
    private const int PlainFile = 0x8000;

    /// <summary>Checks names, kinds and stated sizes, before anything is unpacked.</summary>
    /// <exception cref="BundleException">Something is refused.</exception>
    public static void Check(string name, IReadOnlyCollection<ZipArchiveEntry> entries, BundleLimits limits)
    {
        List<string> problems =
        [
            .. entries.Select(entry => (entry, Reason: ExplainRefusal(entry, limits)))
                .Where(pair => pair.Reason is not null)
                .Select(pair => $"entry '{pair.entry.FullName}' {pair.Reason}"),
            .. ListTwice(entries),
        ];
        // Only when each is small enough can the sum be formed.
        if (problems.Count == 0 && entries.Sum(entry => entry.Length) is var total && total > limits.TotalSize)
        {
            problems.Add($"its entries have {total} bytes when unpacked; at most {limits.TotalSize} are allowed");
        }

        if (problems.Count > 0)
        {
            throw BundleException.Refused(name, problems);
        }
    }

    /// <summary>Unpacks all entries; each may hold exactly as much as it states.</summary>
    /// <exception cref="BundleException">One holds something else.</exception>
    public static IReadOnlyList<BundlePart> Inflate(string name, IEnumerable<ZipArchiveEntry> entries) =>
        [.. entries.Select(entry => new BundlePart(entry.FullName, Inflate(name, entry)))];

    private static byte[] Inflate(string name, ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var content = BoundedStream.ReadAll(stream, entry.Length, entry.Length);
        return content?.LongLength == entry.Length
            ? content
            : throw BundleException.Refused(
                name, $"entry '{entry.FullName}' holds {(content is null ? "more" : "less")} than the {entry.Length} bytes that it states");
    }

    private static string? ExplainRefusal(ZipArchiveEntry entry, BundleLimits limits)
    {
        var kind = (entry.ExternalAttributes >> 16) & FileTypes;
        return BundlePath.ExplainRefusal(entry.FullName) ?? entry switch
        {
            { IsEncrypted: true } => "is encrypted",
            _ when kind is not (0 or PlainFile) => "is a link or a device; a bundle has only files",
            _ when entry.Length > limits.PartSize => $"has {entry.Length} bytes when unpacked; at most {limits.PartSize} are allowed",
            _ => null,
        };
    }

    private static IEnumerable<string> ListTwice(IEnumerable<ZipArchiveEntry> entries) => entries
        .GroupBy(entry => entry.FullName, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .Select(group => group.Distinct(NameComparer.Instance).Count() == 1
            ? $"entry '{group.Key}' is there {group.Count()} times"
            : $"entries {string.Join(" and ", group.Select(entry => $"'{entry.FullName}'"))} differ only in letter case");

    private sealed class NameComparer : IEqualityComparer<ZipArchiveEntry>
    {
        public static readonly NameComparer Instance = new();

        public bool Equals(ZipArchiveEntry? x, ZipArchiveEntry? y) => x?.FullName == y?.FullName;

        public int GetHashCode(ZipArchiveEntry obj) => obj.FullName.GetHashCode(StringComparison.Ordinal);
    }
}
