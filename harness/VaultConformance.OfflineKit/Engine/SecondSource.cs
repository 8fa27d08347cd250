namespace VaultConformance.OfflineKit.Engine;

/// <summary>
/// An apt configuration for one command: the machine's own sources and, for one package only, a newer release. Nothing below
/// <c>/etc/apt</c> changes, and no other package can come from the newer release.
/// </summary>
internal static class SecondSource
{
    /// <summary>Writes the configuration and returns the file for <c>APT_CONFIG</c>.</summary>
    public static string Write(string folder, DebianArchive archive, string release, string package, string machineSourcesList)
    {
        Directory.CreateDirectory(Path.Combine(folder, "lists", "partial"));
        var sources = Path.Combine(folder, "sources.list");
        var preferences = Path.Combine(folder, "preferences");
        var configuration = Path.Combine(folder, "apt.conf");
        File.WriteAllText(sources, $"{machineSourcesList.TrimEnd()}\ndeb [signed-by={archive.Keyring}] {archive.Uri} {release} main\n");
        File.WriteAllText(preferences, Preferences(release, package));
        File.WriteAllText(configuration, $"""
            Dir::Etc::SourceList "{sources}";
            Dir::Etc::Preferences "{preferences}";
            Dir::State::Lists "{Path.Combine(folder, "lists")}";
            APT::Sandbox::User "root";

            """);
        return configuration;
    }

    internal static string Preferences(string release, string package) => $"""
        Package: *
        Pin: release n={release}
        Pin-Priority: -10

        Package: {package}
        Pin: release n={release}
        Pin-Priority: 990

        """;
}
