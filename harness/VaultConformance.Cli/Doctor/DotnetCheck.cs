namespace VaultConformance.Cli.Doctor;

/// <summary>The .NET runtime that runs this program.</summary>
/// <param name="version">Its version.</param>
internal sealed class DotnetCheck(Version version) : ICheck
{
    private const int Needed = 10;

    /// <inheritdoc />
    public string Name => ".NET";

    /// <inheritdoc />
    public Task<CheckResult> RunAsync(CancellationToken cancellationToken) => Task.FromResult(version.Major >= Needed
        ? CheckResult.Fine(version.ToString())
        : CheckResult.Missing(version.ToString(), $"Install the .NET {Needed} SDK from https://dotnet.microsoft.com/download."));
}
