namespace VaultConformance.Harness.Helm;

/// <summary>A chart on this machine, ready to be rendered or installed.</summary>
/// <param name="Reference">Where it came from.</param>
/// <param name="Path">Directory or archive.</param>
/// <param name="Name">Name in its Chart.yaml.</param>
/// <param name="Version">Version in its Chart.yaml.</param>
/// <param name="AppVersion">Application version in its Chart.yaml.</param>
/// <param name="Sha256">SHA-256 of the archive, or of all names and contents of the directory.</param>
public sealed record Chart(ChartReference Reference, string Path, string Name, string Version, string AppVersion, string Sha256);
