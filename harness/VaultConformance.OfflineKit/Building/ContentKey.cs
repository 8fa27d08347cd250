using System.Security.Cryptography;
using System.Text;

namespace VaultConformance.OfflineKit.Building;

/// <summary>A short name for exactly these inputs: the same inputs give the same key on every machine.</summary>
internal sealed class ContentKey
{
    private const int Length = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a text.</summary>
    public ContentKey Add(string text) => Append("text", text, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a file's content, not its name or time.</summary>
    public ContentKey AddFile(string path) => Append("file", "", File.ReadAllBytes(path));

    /// <summary>
    /// Adds every file below a folder with its place in it; tests, and what a .NET build leaves beside a project file, are left out.
    /// </summary>
    public ContentKey AddFolder(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path: file, Name: Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(file => !DoesNotCount(folder, file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        foreach (var (path, name) in files)
        {
            Append("entry", name, File.ReadAllBytes(path));
        }

        return this;
    }

    /// <summary>The key; adding goes on afterwards as if it had not been asked for.</summary>
    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash())[..Length];

    // An image's files lie in folders named as in the image, "bin" among them: only the one beside a project file is output.
    private static bool DoesNotCount(string folder, string name)
    {
        var parts = name.Split('/');
        return Enumerable.Range(0, parts.Length - 1).Any(depth =>
            parts[depth].EndsWith(".Tests", StringComparison.Ordinal)
            || parts[depth] is "bin" or "obj" && Directory.EnumerateFiles(Path.Combine([folder, .. parts[..depth]]), "*.csproj").Any());
    }

    // Lengths are part of the hash, so that moving a byte from one input to the next gives another key.
    private ContentKey Append(string kind, string name, byte[] content)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes($"{kind}:{name.Length}:{name}:{content.Length}:"));
        _hash.AppendData(content);
        return this;
    }
}
