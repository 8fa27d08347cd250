using System.Text.Json.Nodes;

namespace VaultConformance.Reporting.Attestation;

/// <summary>Reads the members of one JSON object of an envelope.</summary>
/// <param name="map">The object.</param>
/// <param name="what">What it belongs to, for messages.</param>
internal sealed class EnvelopeFields(JsonObject map, string what)
{
    /// <summary>Refuses members with other names.</summary>
    /// <param name="names">The known names.</param>
    public void RefuseOthersThan(params string[] names)
    {
        if (map.Select(member => member.Key).FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw CreateProblem($"there is no member '{unknown}' in an envelope; known are {string.Join(", ", names)}");
        }
    }

    /// <summary>True when a member is there.</summary>
    /// <param name="name">Its name.</param>
    public bool Has(string name) => map.ContainsKey(name);

    /// <summary>The text of a member.</summary>
    /// <param name="name">Its name.</param>
    public string ReadText(string name) => map[name] is JsonValue value && value.TryGetValue<string>(out var text)
        ? text
        : throw CreateProblem($"member '{name}' must be a text");

    /// <summary>The bytes of a member; standard and URL-safe base64 are both allowed, with nothing left over in either.</summary>
    /// <param name="name">Its name.</param>
    public byte[] ReadBytes(string name)
    {
        var text = ReadText(name).Replace('-', '+').Replace('_', '/');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : throw CreateProblem($"member '{name}' must be base64 and not empty");
    }

    /// <summary>The objects in a member that is a list with at least one entry.</summary>
    /// <param name="name">Its name.</param>
    public IEnumerable<EnvelopeFields> ReadObjects(string name) =>
        map[name] is JsonArray { Count: > 0 } list && list.All(entry => entry is JsonObject)
            ? list.Select(entry => new EnvelopeFields((JsonObject)entry!, what))
            : throw CreateProblem($"member '{name}' must be a list of at least one signature");

    /// <summary>An error about the object.</summary>
    /// <param name="problem">What is wrong.</param>
    public AttestationException CreateProblem(string problem) => new($"{what} is not well-formed: {problem}.");
}
