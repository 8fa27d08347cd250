namespace VaultConformance.Reporting.Values;

/// <summary>
/// Several values files as Helm merges them: mappings are merged key by key, anything else is replaced by the last file that gives it, and
/// a null removes what earlier files and the chart say.
/// </summary>
/// <param name="files">The files in the order in which Helm gets them.</param>
internal sealed class MergedValues(IEnumerable<ValuesFile> files)
{
    private readonly IReadOnlyList<ValuesMap> _roots = [.. files.Select(file => file.Root).OfType<ValuesMap>().Reverse()];

    /// <summary>The entry of a path that counts in the end; null when no file gives it.</summary>
    /// <param name="path">The keys from the root.</param>
    public ValuesEntry? Find(IEnumerable<string> path)
    {
        var layers = _roots;
        ValuesEntry? found = null;
        foreach (var key in path)
        {
            var entries = layers.Select(layer => layer.Find(key)).OfType<ValuesEntry>().ToList();
            found = entries.FirstOrDefault();
            if (found is null)
            {
                return null;
            }

            // A value that is not a mapping hides what is below it in earlier files.
            layers = [.. entries.Select(entry => entry.Value).TakeWhile(value => value is ValuesMap).Cast<ValuesMap>()];
        }

        return found;
    }

    /// <summary>True when a switch is on.</summary>
    /// <param name="path">The keys from the root.</param>
    public bool IsOn(params string[] path) => Find(path) is { Value: ValuesScalar { Text: var text } } && HelmSwitch.Read(text) == true;
}
