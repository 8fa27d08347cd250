using System.Text.Json;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Evidence;

/// <summary>Observations on disk: <c>observations/SUBJECT/KIND.json</c>, one file each.</summary>
/// <param name="folder">The evidence folder.</param>
public sealed class EvidenceStore(string folder)
{
    /// <summary>Name of the folder that holds the observations.</summary>
    public const string ObservationsFolder = "observations";

    /// <summary>The evidence folder.</summary>
    public string Folder => folder;

    /// <summary>Writes one observation; the file appears whole or not at all.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="observation">The observation.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="HarnessException">The folder cannot be written.</exception>
    public async Task WriteAsync<T>(Observation<T> observation, CancellationToken cancellationToken)
        where T : class
    {
        var path = PathOf(observation.Kind, observation.Subject);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path + ".part", JsonSerializer.SerializeToUtf8Bytes(observation, EvidenceJson.Options), cancellationToken);
            File.Move(path + ".part", path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"Evidence could not be written to '{path}': {exception.Message} Free space or choose another folder with --output.",
                exception);
        }
    }

    /// <summary>Reads one observation, or null when it was not recorded.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">Kind.</param>
    /// <param name="subject">Subject.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="HarnessException">The file is not a valid observation of this kind.</exception>
    public async Task<Observation<T>?> ReadAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        var path = PathOf(kind.Name, subject);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            await using var stream = File.OpenRead(path);
            var observation = await JsonSerializer.DeserializeAsync<Observation<T>>(stream, EvidenceJson.Options, cancellationToken)
                ?? throw new JsonException("The file holds no object.");
            return Checked(observation, kind.Name, subject);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(
                FailureKind.Configuration, $"Evidence file '{path}' cannot be read: {exception.Message} Record the evidence again.", exception);
        }
    }

    private static Observation<T> Checked<T>(Observation<T> observation, string kind, string subject)
        where T : class
    {
        if (observation.Kind != kind || observation.Subject != subject)
        {
            throw new JsonException($"It holds observation '{observation.Kind}' of '{observation.Subject}', not '{kind}' of '{subject}'.");
        }

        return (observation.Value is null) != (observation.Unavailable is null)
            ? observation
            : throw new JsonException("An observation has either a value or the reason why there is none.");
    }

    private string PathOf(string kind, string subject) =>
        Path.Combine([folder, ObservationsFolder, .. subject.Split('/').Select(Plain), Plain(kind) + ".json"]);

    private static string Plain(string part) =>
        part.Length > 0 && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_') && part.Trim('.').Length > 0
            ? part
            : throw new HarnessException(FailureKind.Configuration, $"'{part}' cannot be part of an evidence file name.");
}
