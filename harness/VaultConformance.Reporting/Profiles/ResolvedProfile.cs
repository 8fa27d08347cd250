using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Reporting.Profiles;

/// <summary>Writes a profile as a whole: every control and every parameter, whatever it extends. This is what a run records.</summary>
internal static class ResolvedProfile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The YAML text; reading it gives the same profile, which extends nothing.</summary>
    /// <param name="profile">The profile.</param>
    public static string Write(Profile profile)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        writer.WriteLine(profile.Extends is { } extended
            ? $"# {profile.Reference} as a whole, with what it takes from {extended}."
            : $"# {profile.Reference} as a whole.");
        var emitter = new Emitter(writer);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(version: null, tags: null, isImplicit: true));
        Write(emitter, WriteWhole(profile), depth: 0);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    /// <summary>True when two profiles say the same, whatever they extend.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    public static bool AreSame(Profile one, Profile other) => Write(one with { Extends = null }) == Write(other with { Extends = null });

    private static JsonObject WriteWhole(Profile profile)
    {
        var controls = profile.Controls.OrderBy(control => control.Key)
            .Select(control => KeyValuePair.Create(control.Key.ToString(), JsonSerializer.SerializeToNode(control.Value, Options)));
        var whole = new JsonObject { [ProfileLoader.NameField] = profile.Name, [ProfileLoader.VersionField] = profile.Version };
        if (profile.Platform is { } platform)
        {
            whole[ProfileLoader.PlatformField] = platform;
        }

        whole[ProfileLoader.DescriptionField] = profile.Description;
        whole[ProfileLoader.ControlsField] = new JsonObject(controls);
        whole[ProfileLoader.ParametersField] = JsonSerializer.SerializeToNode(profile.Parameters, Options);
        return whole;
    }

    private static void Write(Emitter emitter, JsonNode node, int depth)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, depth > 1 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in map)
                {
                    emitter.Emit(new Scalar(name));
                    Write(emitter, value!, depth + 1);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Flow));
                list.ToList().ForEach(item => Write(emitter, item!, depth + 1));
                emitter.Emit(new SequenceEnd());
                break;
            default:
                emitter.Emit(WriteLeaf(node));
                break;
        }
    }

    private static Scalar WriteLeaf(JsonNode node) => node.GetValueKind() == JsonValueKind.String
        ? new Scalar(
            AnchorName.Empty,
            TagName.Empty,
            node.GetValue<string>(),
            ScalarStyle.DoubleQuoted,
            isPlainImplicit: false,
            isQuotedImplicit: true)
        : new Scalar(node.ToJsonString());
}
