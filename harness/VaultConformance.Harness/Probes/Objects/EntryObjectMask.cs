using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>Takes out of objects of other software what must not become evidence: their owners of fields, and secrets.</summary>
/// <param name="redactor">Knows secrets: an OpenShift Route may hold its private key.</param>
internal sealed class EntryObjectMask(SecretRedactor redactor)
{
    private static readonly string[] SecretMembers = ["privateKey", "password", "token"];

    /// <summary>
    /// Items of a list may lack their kind. What an object of any kind holds is not known, so that it is taken for a place of secrets.
    /// </summary>
    /// <param name="item">The object.</param>
    /// <param name="version">Group and version, for one that does not say it.</param>
    /// <param name="kind">Its kind, or the name of its list.</param>
    public JsonObject Strip(JsonObject item, string version, string kind)
    {
        var copy = (JsonObject)item.DeepClone();
        copy["apiVersion"] ??= version;
        copy["kind"] ??= kind;
        (copy["metadata"] as JsonObject)?.Remove("managedFields");
        (copy["metadata"]?["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/last-applied-configuration");
        Mask(copy);
        return ForeignKinds.IsWay(kind) ? copy : (JsonObject)new SecretTree(redactor).Clean(copy);
    }

    private void Mask(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Mask(item);
            }

            return;
        }

        foreach (var (name, value) in (node as JsonObject)?.ToList() ?? [])
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var plain))
            {
                node![name] = plain.Length > 0 && (SecretMembers.Contains(name) || plain.Contains("PRIVATE KEY", StringComparison.Ordinal))
                    ? ConfigMasker.Masked
                    : redactor.Redact(plain);
            }
            else
            {
                Mask(value);
            }
        }
    }
}
