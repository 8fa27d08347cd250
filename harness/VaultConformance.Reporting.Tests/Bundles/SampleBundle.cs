using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Reporting.Bundles;

namespace VaultConformance.Reporting.Tests.Bundles;

/// <summary>A small bundle, and the same one with anything in it changed by someone who knows the format.</summary>
internal sealed class SampleBundle
{
    private const int PlainFile = unchecked((int)0x81A40000);

    public static readonly BundleManifest About = new("r7f3", "vault-conformance 0.1.0", SampleReports.Start, []);

    public SortedDictionary<string, byte[]> Parts { get; } = new(StringComparer.Ordinal)
    {
        ["diagnostics/logs/vault-0.vault.log"] = Utf8("line\n"),
        ["observations/pod/vault-0/memory.json"] = Utf8("{\"kind\":\"memory\",\"limit\":9223372036854771712}"),
        ["plan.json"] = Utf8("{\"profile\":\"baseline@1.0\"}"),
        ["results/results.json"] = Utf8("{\"runId\":\"r7f3\"}"),
        ["run.json"] = Utf8("{\"runId\":\"r7f3\",\"tool\":\"vault-conformance 0.1.0\"}"),
        ["versions.json"] = Utf8("{}"),
    };

    /// <summary>Entries in addition to the parts, which the manifest does not know.</summary>
    public List<(string Name, byte[] Content)> Extra { get; } = [];

    /// <summary>Changes the manifest after it was made to fit.</summary>
    public Action<JsonObject> ChangeManifest { get; set; } = _ => { };

    /// <summary>Writes something else in place of the manifest.</summary>
    public string? ManifestText { get; set; }

    /// <summary>Changes entries after they were made.</summary>
    public Action<ZipArchiveEntry> ChangeEntry { get; set; } = _ => { };

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The bytes, put together without the writer and its checks.</summary>
    public byte[] Forge()
    {
        using var output = new MemoryStream();
        using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "bundle.json", Utf8(ManifestText ?? Manifest()));
            foreach (var (name, content) in Parts.Select(part => (part.Key, part.Value)).Concat(Extra))
            {
                Add(archive, name, content);
            }
        }

        return output.ToArray();
    }

    public IEnumerable<BundlePart> AsParts() => Parts.Select(part => new BundlePart(part.Key, part.Value));

    private string Manifest()
    {
        var manifest = new JsonObject
        {
            ["created"] = "2026-03-01T12:00:00+00:00",
            ["format"] = "vault-conformance-bundle",
            ["parts"] = new JsonArray([.. Parts.Select(part => (JsonNode)new JsonObject
            {
                ["mediaType"] = BundleLayout.GetMediaType(part.Key),
                ["path"] = part.Key,
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(part.Value)),
                ["size"] = part.Value.Length,
            })]),
            ["runId"] = "r7f3",
            ["tool"] = "vault-conformance 0.1.0",
            ["version"] = 1,
        };
        ChangeManifest(manifest);
        return Encoding.UTF8.GetString(VaultConformance.Reporting.Json.CanonicalJson.Write(Utf8(manifest.ToJsonString())));
    }

    private void Add(ZipArchive archive, string name, byte[] content)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.ExternalAttributes = PlainFile;
        ChangeEntry(entry);
        using var stream = entry.Open();
        stream.Write(content);
    }
}
