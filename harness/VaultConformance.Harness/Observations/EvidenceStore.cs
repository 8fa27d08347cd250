using System.Text.Json;
using VaultConformance.Files;

namespace VaultConformance.Harness.Observations;

/// <summary>
/// Observations on disk, one file each: <c>observations/SUBJECT/KIND.json</c>, or <c>observations/STAGE/SUBJECT/KIND.json</c> in a run of
/// more than one stage.
/// </summary>
/// <param name="folder">The evidence folder.</param>
/// <param name="stage">The stage whose observations are written and read.</param>
public sealed class EvidenceStore(string folder, ObservationStage stage = ObservationStage.Only)
{
    /// <summary>Name of the folder that holds the observations.</summary>
    public const string ObservationsFolder = "observations";

    /// <summary>Reads what was written.</summary>
    public EvidenceReader Reader { get; } = new(new EvidenceFolder(folder), stage);

    /// <summary>The stage whose observations are written and read.</summary>
    public ObservationStage Stage => stage;

    /// <summary>Writes one observation; the file appears whole or not at all.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="observation">The observation.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="HarnessException">The folder cannot be written.</exception>
    public async Task WriteAsync<T>(Observation<T> observation, CancellationToken cancellationToken)
        where T : class
    {
        var path = new EvidenceFolder(folder).Locate(EvidenceReader.BuildPartPath(observation.Kind, observation.Subject, stage));
        try
        {
            await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(observation, EvidenceJson.Options), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"Evidence could not be written to '{path}': {exception.Message.Split(" : '")[0].TrimEnd('.')}. Free space or choose "
                    + "another folder with --output.",
                exception);
        }
    }

    /// <summary>Reads one observation, or null when it was not recorded.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">Kind.</param>
    /// <param name="subject">Subject.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="HarnessException">The file is not a valid observation of this kind.</exception>
    public Task<Observation<T>?> ReadAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class =>
        Reader.ReadAsync(kind, subject, cancellationToken);
}
