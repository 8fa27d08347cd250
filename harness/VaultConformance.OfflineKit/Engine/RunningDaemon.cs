using System.Globalization;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>Finds the engine's process on this machine, whoever started it.</summary>
internal static class RunningDaemon
{
    private const string ProgramName = "dockerd";

    /// <summary>The process id; null when no engine runs, or where processes cannot be listed.</summary>
    public static int? Find() => OperatingSystem.IsLinux()
        ? Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && NameOf(id) == ProgramName)
            .Select(id => (int?)id)
            .FirstOrDefault()
        : null;

    /// <summary>Name of a process; null when there is none.</summary>
    public static string? NameOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
