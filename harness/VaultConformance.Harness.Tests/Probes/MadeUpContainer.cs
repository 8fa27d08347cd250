using System.Text;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>A folder that looks like the root of a container, made from what a real pod showed, for running the dump script without any container.</summary>
internal sealed class MadeUpContainer : IDisposable
{
    private MadeUpContainer(string root) => Root = root;

    public string Root { get; }

    public static MadeUpContainer From(RealObservation observation)
    {
        var container = new MadeUpContainer(Directory.CreateTempSubdirectory("vc-root-").FullName);
        foreach (var (path, content) in observation.Sections.Where(section => section.Key.StartsWith('/') && !section.Key.StartsWith("/proc/self", StringComparison.Ordinal)))
        {
            container.Write(path, content);
        }

        container.Write("/proc/self/limits", observation.Sections["/proc/self/limits"]);
        return container;
    }

    public MadeUpContainer Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root + path)!);
        File.WriteAllBytes(Root + path, Encoding.UTF8.GetBytes(content));
        return this;
    }

    public MadeUpContainer Folder(string path)
    {
        Directory.CreateDirectory(Root + path);
        return this;
    }

    public MadeUpContainer Link(string path, string target)
    {
        File.Delete(Root + path);
        File.CreateSymbolicLink(Root + path, target);
        return this;
    }

    public MadeUpContainer Mode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Root + path, mode);
        }

        return this;
    }

    public IReadOnlyList<string> AllFiles() => [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
