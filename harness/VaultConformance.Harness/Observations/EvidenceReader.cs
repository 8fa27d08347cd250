using VaultConformance.Files;
using System.Text.Json;

namespace VaultConformance.Harness.Observations;

/// <summary>Reads recorded observations.</summary>
/// <param name="parts">The evidence.</param>
/// <param name="stage">The stage whose observations are read.</param>
public sealed class EvidenceReader(IEvidenceParts parts, ObservationStage stage = ObservationStage.Only)
{
    /// <summary>What the evidence is called in messages.</summary>
    public string Name => parts.Name;

    /// <summary>Reads one observation, or null when it was not recorded.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">Kind.</param>
    /// <param name="subject">Subject.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="HarnessException">The part is not a valid observation of this kind.</exception>
    public async Task<Observation<T>?> ReadAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        var part = BuildPartPath(kind.Name, subject, stage);
        try
        {
            await using var stream = parts.Open(part);
            if (stream is null)
            {
                return null;
            }

            using var whole = new MemoryStream();
            await stream.CopyToAsync(whole, cancellationToken);
            whole.Position = 0;
            var observation = await JsonSerializer.DeserializeAsync<Observation<T>>(whole, EvidenceJson.Options, cancellationToken)
                ?? throw new JsonException("The file holds no object.");
            EvidenceShape.Require(whole.GetBuffer().AsMemory(0, (int)whole.Length), observation.Value);
            return EvidenceRevision.FindProblem(kind, subject, observation.Revision) is { } problem
                ? CreateUnusable(kind, subject, problem)
                : Check(observation, kind.Name, subject);
        }
        catch (JsonException) when (EvidenceRevision.FindProblem(kind, subject, EvidenceRevision.Read(parts, part)) is { } problem)
        {
            return CreateUnusable(kind, subject, problem);
        }
        catch (JsonException exception) when (JsonProblem.FindMissing(exception) is { } missing)
        {
            return CreateUnusable(
                kind,
                subject,
                $"'{kind.Name}' of '{subject}' was recorded without {missing}, which this version needs. Record the evidence again.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Evidence file '{parts.Locate(part)}' cannot be read: {JsonProblem.Explain(exception)} Record the evidence again.",
                exception);
        }
    }

    /// <summary>Name of the part that holds an observation.</summary>
    /// <param name="kind">Name of its kind.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="stage">Its stage.</param>
    /// <exception cref="HarnessException">They make no plain name.</exception>
    public static string BuildPartPath(string kind, string subject, ObservationStage stage) =>
        string.Join(
            '/',
            [
                EvidenceStore.ObservationsFolder,
                .. BuildFolderPath(stage),
                .. subject.Split('/').Select(ToPlainPart),
                ToPlainPart(kind) + ".json",
            ]);

    private static string[] BuildFolderPath(ObservationStage stage) => stage switch
    {
        ObservationStage.Before => ["before"],
        ObservationStage.After => ["after"],
        _ => [],
    };

    private Observation<T> CreateUnusable<T>(ObservationKind<T> kind, string subject, string reason)
        where T : class =>
        new(kind.Name, subject, default, TimeSpan.Zero, null, new UnavailableReason(UnavailableCause.NotRecorded, reason))
        {
            Stage = stage
        };

    private Observation<T> Check<T>(Observation<T> observation, string kind, string subject)
        where T : class
    {
        if (observation.Kind != kind || observation.Subject != subject)
        {
            throw new JsonException($"It holds observation '{observation.Kind}' of '{observation.Subject}', not '{kind}' of '{subject}'.");
        }

        if (observation.Stage != stage)
        {
            throw new JsonException($"It was taken in stage '{observation.Stage}', not '{stage}'.");
        }

        return (observation.Value is null) != (observation.Unavailable is null)
            ? observation
            : throw new JsonException("An observation has either a value or the reason why there is none.");
    }

    private static string ToPlainPart(string part) =>
        part.Length > 0
            && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_')
            && part.Trim('.').Length > 0
            ? part
            : throw new HarnessException(FailureKind.Configuration, $"'{part}' cannot be part of an evidence file name.");
}
