using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>The patches of a run, in the order in which they are applied.</summary>
/// <param name="Patches">The patches.</param>
internal sealed record PatchSet(IReadOnlyList<Patch> Patches)
{
    /// <summary>Reads patch files.</summary>
    /// <param name="files">Paths in the order given by the user.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PatchException">A file is missing or is no patch.</exception>
    public static async Task<PatchSet> LoadAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        List<Patch> patches = [];
        foreach (var file in files)
        {
            patches.AddRange(PatchReader.Read(await ReadTextAsync(file, cancellationToken), Path.GetFileName(file)));
        }

        return new PatchSet(patches);
    }

    /// <summary>Reads one patch text.</summary>
    /// <param name="text">YAML or JSON, several documents allowed.</param>
    /// <param name="fileName">Name for messages and the report.</param>
    /// <exception cref="PatchException">It is not a patch.</exception>
    public static PatchSet Parse(string text, string fileName) => new([.. PatchReader.Read(text, fileName)]);

    /// <summary>Changes the rendered objects.</summary>
    /// <param name="manifests">What the chart rendered.</param>
    /// <exception cref="PatchException">A patch matches no object or does not fit one.</exception>
    public PatchResult Apply(RenderedManifests manifests)
    {
        List<ManifestObject> objects = [.. manifests.Objects];
        List<PatchEffect> effects = [];
        foreach (var patch in Patches)
        {
            var places = Enumerable.Range(0, objects.Count).Where(place => patch.Target.Matches(objects[place])).ToList();
            if (places.Count == 0)
            {
                throw CreateNoMatch(patch, objects);
            }

            foreach (var place in places)
            {
                var changed = patch.Apply(objects[place]);
                effects.Add(
                    new PatchEffect(patch.Origin, changed.ToString(), !JsonNode.DeepEquals(changed.Content, objects[place].Content)));
                objects[place] = changed;
            }
        }

        return new PatchResult(new RenderedManifests(objects), effects);
    }

    private static PatchException CreateNoMatch(Patch patch, IReadOnlyList<ManifestObject> objects) =>
        new($"The {patch.Origin} matches no rendered object (looked for {patch.Target}). Rendered objects: "
            + $"{string.Join(", ", objects.Order(ByName))}. Correct its target.");

    private static Comparer<ManifestObject> ByName =>
        Comparer<ManifestObject>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    private static async Task<string> ReadTextAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PatchException(
                $"The patch '{file}' cannot be read: {exception.Message} Name an existing file with --patch.", exception);
        }
    }
}

/// <summary>The patched objects and what each patch did.</summary>
/// <param name="Manifests">The objects after all patches.</param>
/// <param name="Effects">One entry for each patch and object it matched.</param>
internal sealed record PatchResult(RenderedManifests Manifests, IReadOnlyList<PatchEffect> Effects);

/// <summary>What a patch did to an object.</summary>
/// <param name="Origin">The patch.</param>
/// <param name="Object">Kind and name.</param>
/// <param name="Changed">False when the object already was as the patch wants it.</param>
internal sealed record PatchEffect(string Origin, string Object, bool Changed);
