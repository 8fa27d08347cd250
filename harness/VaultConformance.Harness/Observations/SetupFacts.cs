namespace VaultConformance.Harness.Observations;

/// <summary>How the server was configured after it was unsealed: what people do by Terraform or a script of their own.</summary>
/// <param name="Steps">The steps in order; empty when nobody configured it.</param>
public sealed record SetupFacts(IReadOnlyList<SetupStepFacts> Steps);

/// <summary>One step of the configuration.</summary>
/// <param name="Name">Name of its file without the folder.</param>
/// <param name="Sha256">SHA-256 of the file, hexadecimal.</param>
/// <param name="Kind"><c>api-writes</c> or <c>program</c>.</param>
/// <param name="Writes">Number of writes to the API; 0 for a program.</param>
/// <param name="ExitCode">Exit code of a program; null otherwise.</param>
/// <param name="Output">Last lines of what a program printed, without secrets.</param>
public sealed record SetupStepFacts(
    string Name, string Sha256, string Kind, int Writes, int? ExitCode, IReadOnlyList<string> Output)
{
    /// <summary>Value of <see cref="Kind"/>: a list of writes to the API.</summary>
    public const string ApiWrites = "api-writes";

    /// <summary>Value of <see cref="Kind"/>: a program.</summary>
    public const string Program = "program";
}
