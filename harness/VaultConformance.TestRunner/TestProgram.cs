namespace VaultConformance.TestRunner;

/// <summary>A built test program.</summary>
/// <param name="Name">Name of its project.</param>
/// <param name="Path">Its assembly.</param>
internal sealed record TestProgram(string Name, string Path)
{
    private const string Suffix = ".Tests";

    /// <summary>Size of its assembly in bytes: a program with more tests takes longer.</summary>
    public long Size => new FileInfo(Path).Length;

    /// <summary>All test programs that are built, by name.</summary>
    /// <param name="binaries">Folder with one folder for each project.</param>
    /// <param name="configuration">Folder of the build configuration, for example <c>debug</c>.</param>
    public static IReadOnlyList<TestProgram> ListIn(string binaries, string configuration) => Directory.Exists(binaries)
        ?
        [
            .. Directory.EnumerateDirectories(binaries, "*" + Suffix)
                .Select(folder => System.IO.Path.GetFileName(folder))
                .Select(name => new TestProgram(name, System.IO.Path.Combine(binaries, name, configuration, name + ".dll")))
                .Where(program => File.Exists(program.Path))
                .OrderBy(program => program.Name, StringComparer.Ordinal),
        ]
        : [];
}
