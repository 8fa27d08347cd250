using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using k8s;

namespace VaultConformance.Harness.Observations;

/// <summary>JSON form of evidence: camelCase, enumerations by name, Kubernetes objects as the API writes them.</summary>
public static class EvidenceJson
{
    /// <summary>The one set of options; unknown members are errors so that old evidence is never half understood.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DropComputed } },
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new KubernetesObjectConverterFactory());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// What is computed from other members is no evidence: it would be written twice and could contradict them.
    /// (<see cref="JsonSerializerOptions.IgnoreReadOnlyProperties"/> spares collections.)
    /// </summary>
    private static void DropComputed(JsonTypeInfo type)
    {
        for (var at = type.Properties.Count - 1; at >= 0; at--)
        {
            if (type.Properties[at] is { Set: null, AssociatedParameter: null })
            {
                type.Properties.RemoveAt(at);
            }
        }
    }
}

/// <summary>Hands Kubernetes objects to the client library's own serializer.</summary>
internal sealed class KubernetesObjectConverterFactory : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) => typeof(IKubernetesObject).IsAssignableFrom(typeToConvert);

    /// <inheritdoc />
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(KubernetesObjectConverter<>).MakeGenericType(typeToConvert))!;
}

/// <summary>Hands one kind of Kubernetes object to the client library's own serializer.</summary>
/// <typeparam name="T">The kind.</typeparam>
internal sealed class KubernetesObjectConverter<T> : JsonConverter<T>
    where T : IKubernetesObject
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return KubernetesJson.Deserialize<T>(document.RootElement.GetRawText());
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteRawValue(KubernetesJson.Serialize(value));
}
