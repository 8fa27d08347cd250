using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>What to gather from a container in one exec.</summary>
/// <param name="Target">The container.</param>
/// <param name="Files">Files to look at beside the server's executable and configuration, which are found in the process table.</param>
/// <param name="CommandWords">Command words to look up in the image.</param>
/// <param name="ProcessesOnly">True for containers beside the server: the process table and nothing else.</param>
/// <param name="ConfigurationOnly">True for the process table and the configuration that the server was started with.</param>
internal sealed record DumpRequest(
    PodContainer Target, IReadOnlyList<FileOfInterest> Files, IReadOnlyList<string> CommandWords, bool ProcessesOnly =
        false, bool ConfigurationOnly = false);

/// <summary>A file to look at.</summary>
/// <param name="Purpose">See <see cref="FilePurposes"/>.</param>
/// <param name="Path">Absolute path in the container.</param>
internal sealed record FileOfInterest(string Purpose, string Path);

/// <summary>Values of <see cref="Observations.FileEntry.Purpose"/>.</summary>
internal static class FilePurposes
{
    public const string Executable = "executable";
    public const string Config = "config";
    public const string ConfigFolder = "config-folder";
    public const string TlsCertificate = "tls-certificate";
    public const string TlsKey = "tls-key";
    public const string TlsClientCa = "tls-client-ca";
}
