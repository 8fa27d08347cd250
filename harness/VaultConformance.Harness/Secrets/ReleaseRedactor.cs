using System.Text.Json.Nodes;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Secrets;

/// <summary>Takes secrets out of what a release was made from: values files and rendered objects.</summary>
/// <param name="redactor">Knows secrets.</param>
internal sealed class ReleaseRedactor(SecretRedactor redactor)
{
    /// <summary>
    /// A values file without secrets: values under names that suggest one, credentials in configurations and URLs, whatever looks like a
    /// secret. Comments are left out, for anything can stand there.
    /// </summary>
    /// <param name="yaml">The file. One that cannot be understood is withheld as a whole.</param>
    public string RedactValues(string yaml)
    {
        try
        {
            var tree = new SecretTree(redactor);
            return redactor.RedactKnown(
                string.Concat(ManifestYaml.Read(yaml, "values file").Select(node => ManifestYamlWriter.Write(tree.Clean(node)))));
        }
        catch (PatchException exception)
        {
            return Withhold(exception);
        }
    }

    /// <summary>Rendered objects without secrets. Text that cannot be understood is withheld as a whole.</summary>
    /// <param name="yaml">The objects as YAML.</param>
    public string RedactManifest(string yaml)
    {
        try
        {
            return RedactManifest(ManifestYaml.Read(yaml, "manifest").OfType<JsonObject>());
        }
        catch (PatchException exception)
        {
            return Withhold(exception);
        }
    }

    /// <summary>Rendered objects without secrets, as one YAML text. Secrets keep their keys and lose their data.</summary>
    /// <param name="objects">The objects.</param>
    internal string RedactManifest(IEnumerable<JsonObject> objects) =>
        redactor.RedactKnown(string.Concat(objects.Select(item => "---\n" + ManifestYamlWriter.Write(Clean(item)))));

    private string Withhold(PatchException exception) =>
        redactor.Redact($"# {SecretRedactor.Redacted} withheld: {exception.Message.ReplaceLineEndings(" ")}\n");

    private JsonObject Clean(JsonObject item)
    {
        var clean = (JsonObject)new SecretTree(redactor).Clean(item);
        foreach (var member in item["kind"]?.ToString() == "Secret" ? new[] { "data", "stringData" } : [])
        {
            if (clean[member] is JsonObject data)
            {
                clean[member] = new JsonObject(data.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)SecretRedactor.Redacted)));
            }
        }

        return clean;
    }
}
