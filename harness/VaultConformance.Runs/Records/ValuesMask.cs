using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Fixes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Runs.Records;

/// <summary>Takes secrets out of a values file and leaves everything else as it was written, comments included.</summary>
internal static class ValuesMask
{
    // A key cannot be masked and still be the same key.
    private const string KeyWithheld = "# *** withheld: a key of the values looks like a secret\n";

    /// <summary>The file without secrets.</summary>
    /// <param name="text">The file.</param>
    public static string Apply(string text)
    {
        var redactor = new SecretRedactor();

        // A block at the end of a file without a line end could not be written again.
        var ended = text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
        try
        {
            var values = TreeValues.Read(YamlTreeReader.Read(new TextLines(ended)));
            if (HoldsSecretKey(values))
            {
                return KeyWithheld;
            }

            var clean = new SecretTree(redactor).Clean(ToJson(values)!);
            var masked = new ValuesFix([], ended).Write((FixMap)Take(values, clean));
            return new CommentMask(redactor).Apply(masked == ended ? text : masked, text);
        }
        catch (UnsafeFixException)
        {
            // Written again without comments and anchors, it can be masked in any case.
            var written = new ReleaseRedactor(redactor).RedactValues(text);
            return SecretShapes.HoldVaultToken(written) ? KeyWithheld : written;
        }
    }

    private static bool HoldsSecretKey(FixNode node) => node switch
    {
        FixMap map => map.Entries.Any(entry => SecretShapes.Replace(entry.Key) != entry.Key || HoldsSecretKey(entry.Value)),
        FixList list => list.Items.Any(HoldsSecretKey),
        _ => false,
    };

    private static JsonNode? ToJson(FixNode node) => node switch
    {
        FixMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        FixList list => new JsonArray([.. list.Items.Select(ToJson)]),
        FixText { IsNull: true } => null,
        FixText { IsQuoted: true } text => JsonValue.Create(text.Text),
        FixText text => YamlScalars.Resolve(new YamlScalarNode(text.Text) { Style = ScalarStyle.Plain }),
        _ => null,
    };

    // Only what was masked is taken; numbers and switches keep the way they were written.
    private static FixNode Take(FixNode node, JsonNode? clean) => (node, clean) switch
    {
        (FixMap map, JsonObject members) =>
            new FixMap([.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Take(entry.Value, members[entry.Key])))]),
        (FixList list, JsonArray items) => new FixList([.. list.Items.Zip(items).Select(pair => Take(pair.First, pair.Second))]),
        (FixText text, JsonValue value) when value.GetValueKind() == JsonValueKind.String
            && IsMasked(text.Text, value.GetValue<string>()) =>
            new FixText(KeepLineEnd(text.Text, value.GetValue<string>()), IsQuoted: true),
        _ => node,
    };

    // A text that was only written again, for example without its last line end, holds no secret.
    private static bool IsMasked(string text, string clean) =>
        clean.ReplaceLineEndings("\n").Trim() != text.ReplaceLineEndings("\n").Trim();

    private static string KeepLineEnd(string text, string clean) =>
        text.EndsWith('\n') && !clean.EndsWith('\n') ? clean + "\n" : clean;
}
