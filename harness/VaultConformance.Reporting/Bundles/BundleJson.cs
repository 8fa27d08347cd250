using VaultConformance.Files;
using System.Text.Json;

namespace VaultConformance.Reporting.Bundles;

/// <summary>Writes and reads <c>bundle.json</c>.</summary>
internal static class BundleJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
    };

    /// <summary>The manifest as canonical JSON.</summary>
    public static byte[] Write(BundleManifest manifest)
    {
        var form = new Form(
            BundleLayout.Format, BundleLayout.Version, manifest.RunId, manifest.Tool, manifest.Created.ToUniversalTime(), manifest.Parts);
        return Json.CanonicalJson.Write(JsonSerializer.SerializeToUtf8Bytes(form, Options));
    }

    /// <summary>Reads the manifest.</summary>
    /// <exception cref="JsonException">It is not one of this layout; the message says why, as a sentence without a full stop.</exception>
    public static BundleManifest Read(ReadOnlyMemory<byte> json)
    {
        using var document = Json.StrictJson.Parse(json);
        RefuseForeign(document.RootElement);
        try
        {
            var form = document.RootElement.Deserialize<Form>(Options)!;
            return new BundleManifest(form.RunId, form.Tool, form.Created, form.Parts);
        }
        catch (JsonException exception)
        {
            throw new JsonException(
                $"'{BundleLayout.Manifest}' does not have the members of version {BundleLayout.Version}: "
                    + $"{JsonProblem.Explain(exception).TrimEnd('.')}",
                exception);
        }
    }

    private static void RefuseForeign(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("format", out var format)
            || format.ValueKind != JsonValueKind.String)
        {
            throw new JsonException($"'{BundleLayout.Manifest}' does not name its format, so this is not a bundle");
        }

        if (!format.ValueEquals(BundleLayout.Format))
        {
            throw new JsonException($"it has the format '{format.GetString()}'; this program reads '{BundleLayout.Format}'");
        }

        if (!root.TryGetProperty("version", out var version) || version.GetRawText() != $"{BundleLayout.Version}")
        {
            var given = version.ValueKind == JsonValueKind.Undefined ? "no version" : $"version {version.GetRawText()}";
            throw new JsonException($"it has {given}; this program reads version {BundleLayout.Version}");
        }
    }

    private sealed record Form(
        string Format, int Version, string RunId, string Tool, DateTimeOffset Created, IReadOnlyList<BundleEntry> Parts);
}
