using System.IO.Compression;
using System.Text;

namespace VaultConformance.Cli.Tests.Support;

/// <summary>Damages a bundle in one of the ways in which one can be damaged.</summary>
internal static class BundleDamage
{
    private const int BombSize = 33 * 1024 * 1024;

    public static void Do(string how, string path)
    {
        if (how == "cut off")
        {
            var bytes = File.ReadAllBytes(path);
            File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
            return;
        }

        using var archive = ZipFile.Open(path, ZipArchiveMode.Update);
        switch (how)
        {
            case "no run":
                archive.GetEntry("run.json")!.Delete();
                break;
            case "bomb":
                Write(archive.CreateEntry("diagnostics/bomb.txt"), new byte[BombSize]);
                break;
            case "hash":
                Replace(archive, "run.json", "\"runId\":\"r1\"", "\"runId\":\"r2\"");
                break;
            default:
                var (text, with) = Manifest(how);
                Replace(archive, "bundle.json", text, with);
                break;
        }
    }

    private static (string Text, string With) Manifest(string how) => how switch
    {
        "version" => ("\"version\":1", "\"version\":2"),
        "format" => ("vault-conformance-bundle", "vault-conformance-bundel"),
        "key twice" => ("\"version\":1", "\"version\":1,\"version\":1"),
        "huge number" => ("\"version\":1", "\"version\":1e999"),
        _ => throw new ArgumentException($"There is no damage '{how}'.", nameof(how)),
    };

    private static void Replace(ZipArchive archive, string name, string text, string with)
    {
        var entry = archive.GetEntry(name)!;
        using (var reader = new StreamReader(entry.Open()))
        {
            var before = reader.ReadToEnd();
            with = before.Contains(text, StringComparison.Ordinal) ? before.Replace(text, with, StringComparison.Ordinal) : throw new ArgumentException($"'{text}' is not in '{name}'.");
        }

        entry.Delete();
        Write(archive.CreateEntry(name), Encoding.UTF8.GetBytes(with));
    }

    private static void Write(ZipArchiveEntry entry, byte[] content)
    {
        using var stream = entry.Open();
        stream.Write(content);
    }
}
