using VaultConformance.Files;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// Objects that values rely on and a fresh cluster does not have: Secrets, ServiceAccounts, PriorityClasses, StorageClasses, definitions of
/// kinds.
/// </summary>
/// <param name="Objects">The objects, in the order of their files.</param>
internal sealed record PreparedObjects(IReadOnlyList<ManifestObject> Objects)
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>Reads a file, or all files of a folder in the order of their names.</summary>
    /// <param name="path">File or folder.</param>
    /// <exception cref="HarnessException">There is nothing, or something that is not an object of Kubernetes.</exception>
    public static PreparedObjects Load(string path)
    {
        try
        {
            List<string> files = Directory.Exists(path)
                ? [.. Directory.EnumerateFiles(path).Where(file => Endings.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal)]
                : [path];
            files.ForEach(RegularFile.Require);
            List<ManifestObject> objects = [.. files.SelectMany(file => Parse(File.ReadAllText(file), Path.GetFileName(file)))];
            return objects.Count > 0 ? new PreparedObjects(objects) : throw CreateMalformed($"'{Path.GetFileName(path)}' holds no object");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CreateMalformed($"it cannot be read: {exception.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">One or more YAML documents.</param>
    /// <param name="name">Name of the file, for messages.</param>
    internal static IEnumerable<ManifestObject> Parse(string text, string name)
    {
        foreach (var node in ManifestYaml.Read(text, $"file '{name}'"))
        {
            var item = node is System.Text.Json.Nodes.JsonObject content ? new ManifestObject(content, Source: null) : null;
            if (item is null || item.Kind.Length == 0 || item.ApiVersion.Length == 0 || item.Name.Length == 0)
            {
                throw CreateMalformed(
                    $"'{name}' holds a document without apiVersion, kind or metadata.name; lists and generated names are not taken");
            }

            yield return item;
        }
    }

    private static HarnessException CreateMalformed(string problem) =>
        new(FailureKind.Configuration, $"{problem}. Give manifests as for 'kubectl apply'");
}
