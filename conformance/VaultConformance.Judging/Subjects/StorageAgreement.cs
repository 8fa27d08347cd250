using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Subjects;

/// <summary>Whether a server says that it has the storage which it was started with.</summary>
public static class StorageAgreement
{
    /// <summary>Compares the two; nothing when they agree or the files name none.</summary>
    /// <param name="state">What the server says.</param>
    /// <param name="configurations">What it was started with.</param>
    public static IEnumerable<Judgement> Judge(VaultServerState state, IReadOnlyList<ServerConfiguration> configurations)
    {
        var written = configurations.SelectMany(
            configuration => configuration.Document.Root.ListStanzas("storage").Concat(configuration.Document.Root.ListStanzas("backend")))
            .Select(stanza => stanza.Label.ToLowerInvariant()).Where(label => label.Length > 0).Distinct().ToList();
        var reported = new[] { state.StorageType, state.SanitizedConfig?["storage"]?["type"]?.ToString() ?? string.Empty }
            .Where(type => type.Length > 0)
            .Distinct()
            .ToList();
        if (reported.Count > 1 || (written.Count > 0 && reported.Exists(type => !written.Contains(type.ToLowerInvariant()))))
        {
            yield return Judgement.Unknown(
                "storage of the server",
                "the same in its files and in what it says",
                $"{string.Join(" and ", reported)} by what it says, {(written.Count == 0 ? "none" : string.Join(" and ", written))} by "
                    + "its files");
        }
    }
}
