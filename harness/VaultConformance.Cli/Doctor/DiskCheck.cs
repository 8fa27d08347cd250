using System.Globalization;

namespace VaultConformance.Cli.Doctor;

/// <summary>Free space where the cache and, as a rule, the engine's images lie.</summary>
/// <param name="folder">A folder; need not exist yet.</param>
/// <param name="neededBytes">What a first run needs.</param>
internal sealed class DiskCheck(string folder, long neededBytes) : ICheck
{
    /// <summary>Node image, its parts, the stand-in and a running cluster.</summary>
    public const long FirstRun = 6L * 1024 * 1024 * 1024;

    /// <inheritdoc />
    public string Name => "disk space";

    /// <inheritdoc />
    public Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        if (FindObstacle(folder) is { } obstacle)
        {
            return Task.FromResult(CheckResult.Missing(
                $"unknown: '{obstacle}' is not a folder", "Name a folder, or one that can be made, with VAULT_CONFORMANCE_CACHE."));
        }

        var free = new DriveInfo(existing).AvailableFreeSpace;
        var found = $"{FormatGigabytes(free)} free at {folder}";
        return Task.FromResult(free >= neededBytes
            ? CheckResult.Fine(found)
            : CheckResult.Missing(
                found, $"A first run needs {FormatGigabytes(neededBytes)}. Free space, or move the cache with VAULT_CONFORMANCE_CACHE."));
    }

    // A file or a device in the place of the folder, or of one above it.
    private static string? FindObstacle(string path)
    {
        for (var at = path; at is { Length: > 0 }; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
            {
                return at;
            }
        }

        return null;
    }

    private static string FormatGigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.0} GiB");
}
