using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Vault.Setup;

/// <summary>
/// Something that configures the server after it was unsealed, as people do it who run one: what stands in the values is only half of what
/// is tested.
/// </summary>
/// <param name="Name">Name of its file without the folder.</param>
/// <param name="Sha256">SHA-256 of the file, hexadecimal.</param>
public abstract record SetupStep(string Name, string Sha256)
{
    /// <summary>Writes to the API, in order.</summary>
    /// <param name="Name">Name of its file without the folder.</param>
    /// <param name="Sha256">SHA-256 of the file, hexadecimal.</param>
    /// <param name="Requests">The writes.</param>
    public sealed record Writes(string Name, string Sha256, IReadOnlyList<SetupWrite> Requests) : SetupStep(Name, Sha256);

    /// <summary>A program that is told in its environment how to reach the server.</summary>
    /// <param name="Name">Name of its file without the folder.</param>
    /// <param name="Sha256">SHA-256 of the file, hexadecimal.</param>
    /// <param name="Path">Full path of the program.</param>
    public sealed record Program(string Name, string Sha256, string Path) : SetupStep(Name, Sha256);
}

/// <summary>One write to the API.</summary>
/// <param name="Path">Path below <c>/v1/</c>, for example <c>sys/audit/file</c>.</param>
/// <param name="Data">What is written; null for nothing.</param>
/// <param name="Status">HTTP status that is expected; null for any of success.</param>
/// <param name="Line">Line of the path in its file, counted from 1.</param>
public sealed record SetupWrite(string Path, JsonObject? Data, int? Status, int Line);
