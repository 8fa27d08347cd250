using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Harness.Patching;

/// <summary>Writes JSON as block-style YAML that every YAML reader takes for the same value.</summary>
internal static class ManifestYamlWriter
{
    internal static string Write(JsonNode node)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        // A folded text is one more thing that a reader can take for another value.
        var emitter =
            new Emitter(output, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, [], isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return output.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject mapping:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, mapping.Count > 0 ? MappingStyle.Block : MappingStyle.Flow));
                foreach (var (key, value) in mapping)
                {
                    emitter.Emit(CreateScalar(key, YamlScalars.IsSafePlain(key) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted));
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray sequence:
                emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, sequence.Count > 0 ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (var item in sequence)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case { } text when text.GetValueKind() == JsonValueKind.String:
                emitter.Emit(CreateScalar(text.GetValue<string>(), ChooseStyle(text.GetValue<string>())));
                break;
            default:
                emitter.Emit(CreateScalar(node?.ToJsonString() ?? "null", ScalarStyle.Plain));
                break;
        }
    }

    private static Scalar CreateScalar(string text, ScalarStyle style) =>
        new(
            AnchorName.Empty,
            TagName.Empty,
            text,
            style,
            isPlainImplicit: style == ScalarStyle.Plain,
            isQuotedImplicit: style != ScalarStyle.Plain);

    private static ScalarStyle ChooseStyle(string text) =>
        YamlScalars.IsSafePlain(text) ? ScalarStyle.Plain : IsReadableBlock(text) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;

    // A literal block keeps scripts and configurations readable; anything it could not keep exactly is quoted instead.
    private static bool IsReadableBlock(string text)
    {
        var body = text.EndsWith('\n') ? text[..^1] : text;
        return body.Contains('\n')
            && !body.StartsWith(' ') && !body.StartsWith('\n') && !body.EndsWith('\n')
            && body.Split('\n').All(line => line.Length == 0 || !string.IsNullOrWhiteSpace(line))
            && body.EnumerateRunes().All(rune => rune.Value is '\n' or '\t' || IsPrintable(rune))
            && !body.StartsWith('\t') && !body.Contains("\n\t", StringComparison.Ordinal);
    }

    private static bool IsPrintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
        && rune.Value != 0xFEFF;
}
