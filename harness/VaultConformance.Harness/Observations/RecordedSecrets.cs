using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Observations;

/// <summary>
/// Credentials in evidence that an earlier version recorded, or somebody wrote into it: they are taken out before they are passed on.
/// </summary>
public static class RecordedSecrets
{
    /// <summary>
    /// A recorded observation without credentials in the configuration that a server tells; unchanged when there are none.
    /// </summary>
    /// <param name="part">Path of the observation below the folder of observations.</param>
    /// <param name="content">Its content.</param>
    public static byte[] Mask(string part, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(content);
        if (Path.GetFileNameWithoutExtension(part) != ObservationKinds.VaultState.Name || Read(content) is not { } observation
            || observation["value"] is not JsonObject value || value["sanitizedConfig"] is not JsonObject config)
        {
            return content;
        }

        var masked = SanitizedConfiguration.Mask(config);
        if (JsonNode.DeepEquals(masked, config))
        {
            return content;
        }

        value["sanitizedConfig"] = masked;
        return JsonSerializer.SerializeToUtf8Bytes(observation, EvidenceJson.Options);
    }

    private static JsonObject? Read(byte[] content)
    {
        try
        {
            return JsonNode.Parse(content) as JsonObject;
        }
        catch (JsonException)
        {
            // The reader of evidence says what is wrong with it.
            return null;
        }
    }
}
