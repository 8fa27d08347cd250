using VaultConformance.Harness.Waiting;
using VaultConformance.OfflineKit.Building;

namespace VaultConformance.OfflineKit;

/// <summary>A lock between programs of one machine: a file that only one of them can have open.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until nobody else has it. It is let go when the stream is closed, however the program ends.</summary>
    /// <param name="file">The file; its folder must be there.</param>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="wait">Waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<FileStream> TakeAsync(string file, string what, TimeSpan limit, Wait wait, CancellationToken cancellationToken) =>
        wait.UntilAsync(
            new WaitGoal(what, limit, Interval, $"If no other run is active, delete {file}."),
            _ => Task.FromResult(TryTake(file)),
            cancellationToken);

    private static Sighting<FileStream> TryTake(string file)
    {
        try
        {
            return new Sighting<FileStream>.Reached(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (!KitStepException.IsDiskFull(exception))
        {
            return new Sighting<FileStream>.NotYet(exception.Message);
        }
    }
}
