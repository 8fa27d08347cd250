using System.Security.Cryptography;
using System.Text.Json;
using VaultConformance.Reporting.Json;

namespace VaultConformance.Reporting.Bundles;

/// <summary>Checks that a bundle holds what its manifest says, and that the manifest says nothing that its parts do not.</summary>
internal static class BundleContent
{
    /// <summary>Checks all parts.</summary>
    /// <param name="name">The bundle.</param>
    /// <param name="parts">All parts, the manifest included.</param>
    /// <exception cref="BundleException">Something does not fit.</exception>
    public static BundleManifest Check(string name, IReadOnlyList<BundlePart> parts)
    {
        var own = parts.FirstOrDefault(part => part.Path == BundleLayout.Manifest)
            ?? throw BundleException.Refused(name, $"there is no '{BundleLayout.Manifest}' in it, so this is not a bundle");
        var manifest = ReadManifest(name, own);
        var others = parts.Where(part => part.Path != BundleLayout.Manifest).ToDictionary(part => part.Path, StringComparer.Ordinal);
        List<string> problems =
        [
            .. CheckListed(manifest, others),
            .. BundleLayout.Required.Where(path => !others.ContainsKey(path)).Select(path => $"there is no part '{path}'"),
            .. others.Keys.Where(path => !BundleLayout.Belongs(path))
                .Select(path => $"part '{path}' does not belong into a bundle of version {BundleLayout.Version}"),
        ];
        Refuse(name, problems);
        Refuse(
            name, [.. parts.Where(part => BundleLayout.GetMediaType(part.Path) == BundleMediaTypes.Json)
                .Select(ExplainNotCanonical)
                .OfType<string>()]);
        Refuse(name, [.. SaysOtherwise(manifest, others[BundleLayout.Run])]);
        return manifest;
    }

    private static BundleManifest ReadManifest(string name, BundlePart part)
    {
        try
        {
            return BundleJson.Read(part.Content);
        }
        catch (JsonException exception)
        {
            throw BundleException.Refused(name, exception.Message, exception);
        }
    }

    private static IEnumerable<string> CheckListed(BundleManifest manifest, Dictionary<string, BundlePart> parts)
    {
        foreach (var twice in manifest.Parts.GroupBy(entry => entry.Path, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"'{BundleLayout.Manifest}' lists part '{twice.Key}' {twice.Count()} times";
        }

        foreach (var entry in manifest.Parts)
        {
            if (ExplainDifference(entry, parts.GetValueOrDefault(entry.Path)) is { } reason)
            {
                yield return $"part '{entry.Path}' {reason}";
            }
        }

        foreach (var path in parts.Keys.Except(manifest.Parts.Select(entry => entry.Path)))
        {
            yield return $"part '{path}' is not listed in '{BundleLayout.Manifest}'";
        }
    }

    private static string? ExplainDifference(BundleEntry entry, BundlePart? part)
    {
        if (part is null)
        {
            return $"is listed in '{BundleLayout.Manifest}', but it is not there";
        }

        return entry switch
        {
            _ when entry.Size != part.Content.Length => $"has {part.Content.Length} bytes, but '{BundleLayout.Manifest}' says {entry.Size}",
            _ when entry.Sha256 != Convert.ToHexStringLower(SHA256.HashData(part.Content.Span)) =>
                "is not what was recorded: its SHA-256 differs from the one that is listed",
            _ when entry.MediaType != BundleLayout.GetMediaType(part.Path) =>
                $"is listed as '{entry.MediaType}', not as '{BundleLayout.GetMediaType(part.Path)}'",
            _ => null,
        };
    }

    private static string? ExplainNotCanonical(BundlePart part)
    {
        try
        {
            return CanonicalJson.Write(part.Content).AsSpan().SequenceEqual(part.Content.Span)
                ? null
                : $"part '{part.Path}' is not in canonical form";
        }
        catch (JsonException exception)
        {
            return $"part '{part.Path}' is refused: {exception.Message}";
        }
    }

    private static IEnumerable<string> SaysOtherwise(BundleManifest manifest, BundlePart run)
    {
        using var document = StrictJson.Parse(run.Content);
        foreach (var (member, said) in new[] { ("runId", manifest.RunId), ("tool", manifest.Tool) })
        {
            var recorded = document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty(member, out var value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            if (recorded != said)
            {
                yield return $"'{BundleLayout.Manifest}' says {member} '{said}', but '{BundleLayout.Run}' says '{recorded}'";
            }
        }
    }

    private static void Refuse(string name, List<string> problems)
    {
        if (problems.Count > 0)
        {
            throw BundleException.Refused(name, problems);
        }
    }
}
