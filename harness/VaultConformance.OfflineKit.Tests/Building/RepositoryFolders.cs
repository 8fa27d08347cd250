namespace VaultConformance.OfflineKit.Tests.Building;

/// <summary>Folders of the checkout that the tests were built from.</summary>
internal static class RepositoryFolders
{
    public static string Fixtures { get; } = Path.Combine(Root(), "fixtures");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VaultConformance.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No checkout lies above {AppContext.BaseDirectory}.");
    }
}
