namespace VaultConformance.OfflineKit.Building;

/// <summary>Finds programs on PATH.</summary>
/// <param name="variables">Looks up an environment variable.</param>
internal sealed class ProgramSearch(Func<string, string?> variables)
{
    /// <summary>The program's path, or <see langword="null"/>.</summary>
    public string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (variables("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }
}
