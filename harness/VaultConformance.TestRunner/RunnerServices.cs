using VaultConformance.Cli.Output;

namespace VaultConformance.TestRunner;

/// <summary>What running tests works with.</summary>
/// <param name="Console">Where it talks.</param>
/// <param name="Variables">The environment.</param>
/// <param name="Repository">Folder of the clone, with fixtures and built test programs.</param>
/// <param name="TimeProvider">Clock.</param>
internal sealed record RunnerServices(
    CliConsole Console, IReadOnlyDictionary<string, string> Variables, string Repository, TimeProvider TimeProvider)
{
    /// <summary>Folder with one folder for each built project.</summary>
    public string Binaries => Path.Combine(Repository, "artifacts", "bin");

    /// <summary>What the offline kit is built from.</summary>
    public string Fixtures => Path.Combine(Repository, "fixtures");
}
