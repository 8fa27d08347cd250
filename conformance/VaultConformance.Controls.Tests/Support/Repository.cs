namespace VaultConformance.Controls.Tests.Support;

/// <summary>Files of the repository, for guards on things that belong together.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests run outside of the repository."),
        _ when System.IO.File.Exists(Path.Combine(folder.FullName, "VaultConformance.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
