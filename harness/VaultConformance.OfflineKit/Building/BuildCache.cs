using VaultConformance.Harness.Waiting;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Finished build results by kind and content. A result is there whole or not at all, also after a crash or Ctrl-C.</summary>
/// <param name="root">Folder of the cache.</param>
/// <param name="wait">For another process that builds the same thing.</param>
internal sealed class BuildCache(string root, Wait wait)
{
    private const string Unfinished = ".building-";

    private static readonly TimeSpan OtherBuildLimit = TimeSpan.FromMinutes(30);

    /// <summary>Returns the folder of a result; builds it when it is not there.</summary>
    /// <param name="kind">What it is, for example <c>kubernetes</c>.</param>
    /// <param name="key">Name of its inputs.</param>
    /// <param name="build">Fills the empty folder that it is given.</param>
    /// <param name="cancellationToken">Ends waiting and building.</param>
    public async Task<KitResult> GetOrBuildAsync(
        string kind, ContentKey key, Func<string, CancellationToken, Task> build, CancellationToken cancellationToken)
    {
        var entry = Path.Combine(root, kind, key.ToString());
        if (Directory.Exists(entry))
        {
            return new KitResult(entry, FromCache: true);
        }

        Directory.CreateDirectory(Path.Combine(root, kind));
        await using var _ = await LockAsync(kind, cancellationToken);
        return Directory.Exists(entry) ? new KitResult(entry, FromCache: true) : await BuildAsync(entry, build, cancellationToken);
    }

    private static async Task<KitResult> BuildAsync(
        string entry, Func<string, CancellationToken, Task> build, CancellationToken cancellationToken)
    {
        var parent = Path.GetDirectoryName(entry)!;
        RemoveUnfinished(parent);
        var folder = Directory.CreateDirectory(Path.Combine(parent, Unfinished + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            await build(folder, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            Directory.Move(folder, entry);
        }
        finally
        {
            RemoveUnfinished(parent);
        }

        return new KitResult(entry, FromCache: false);
    }

    // Only the holder of the lock builds, so whatever is unfinished was left by a process that died.
    private static void RemoveUnfinished(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, Unfinished + "*"))
        {
            TryRemove(folder);
        }
    }

    // A program of a build that was just ended may still write; the next build removes what it leaves.
    private static void TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
        }
    }

    private Task<FileStream> LockAsync(string kind, CancellationToken cancellationToken) => FileLock.TakeAsync(
        Path.Combine(root, kind, ".lock"), $"another run to finish building '{kind}'", OtherBuildLimit, wait, cancellationToken);
}
