using System.Formats.Tar;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Writes the archive that the engine builds an image from. Owners and times are fixed, so that unchanged files hit the engine's cache.</summary>
internal sealed class BuildContext(string path) : IAsyncDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly TarWriter _tar = new(File.Create(path), TarEntryFormat.Pax, leaveOpen: false);

    public async Task AddFolderAsync(string folder, string name, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await AddFileAsync(file, $"{name}/{Path.GetRelativePath(folder, file).Replace('\\', '/')}", cancellationToken);
        }
    }

    public async Task AddFileAsync(string file, string name, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        var entry = new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            Mode = IsProgram(name) ? Executable : Readable,
            ModificationTime = DateTimeOffset.UnixEpoch,
        };
        await _tar.WriteEntryAsync(entry, cancellationToken);
    }

    public ValueTask DisposeAsync() => _tar.DisposeAsync();

    // A checkout does not keep modes everywhere; the place in the image says what is run.
    private static bool IsProgram(string name) => name.Contains("/bin/", StringComparison.Ordinal) || name.StartsWith("kubernetes/", StringComparison.Ordinal);
}
