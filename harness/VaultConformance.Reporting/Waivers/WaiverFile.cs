using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Waivers;

/// <summary>A file of waivers that was read.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Text">Its text, so that a replay can read it again.</param>
/// <param name="Waivers">The waivers in it, in order.</param>
internal sealed record WaiverFile(string Path, string Text, IReadOnlyList<Waiver> Waivers)
{
    /// <summary>All waivers of several files, in order.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="WaiverException">Two files hold a waiver of the same id.</exception>
    public static IReadOnlyList<Waiver> Join(IReadOnlyList<WaiverFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var id in file.Waivers.Select(waiver => waiver.Id).Where(id => !owners.TryAdd(id, file.Path)))
            {
                throw WaiverException.Doubled(id, file.Path, owners[id]);
            }
        }

        return [.. files.SelectMany(file => file.Waivers)];
    }
}
