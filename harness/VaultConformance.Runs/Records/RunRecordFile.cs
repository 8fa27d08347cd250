using System.Text.Json;
using VaultConformance.Files;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Records;

/// <summary>Reads and writes <see cref="RunRecord"/>.</summary>
internal static class RunRecordFile
{
    /// <summary>Name of the file in the evidence folder.</summary>
    public const string FileName = RunPlan.RecordFileName;

    /// <summary>Writes the record; the file appears whole or not at all.</summary>
    /// <param name="evidenceFolder">The evidence folder.</param>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="HarnessException">It cannot be written.</exception>
    public static async Task WriteAsync(string evidenceFolder, RunRecord record, CancellationToken cancellationToken)
    {
        var path = Path.Combine(evidenceFolder, FileName);
        try
        {
            await AtomicFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(record, EvidenceJson.Options), cancellationToken);
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

    /// <summary>Reads the record, without what has the shape of a key or a token.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="HarnessException">It is missing, cannot be read, or is of another layout.</exception>
    public static async Task<RunRecord> ReadAsync(IEvidenceParts evidence, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = evidence.Open(FileName) ?? throw new JsonException("It is not there.");
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            if (EmptyPlaces.FindIn(document.RootElement, "run", isObjects: false).FirstOrDefault() is { } empty)
            {
                throw new JsonException($"It is damaged at {empty}.");
            }

            var record = document.Deserialize<RunRecord>(EvidenceJson.Options) ?? throw new JsonException("The file holds no object.");
            return record.FormatVersion is >= RunRecord.OldestFormat and <= RunRecord.CurrentFormat
                ? MaskedTexts.Mask(record)
                : throw new JsonException($"It has format {record.FormatVersion}; this program reads formats {RunRecord.OldestFormat} to "
                    + $"{RunRecord.CurrentFormat}.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"'{evidence.Locate(FileName)}' cannot be read as the record of a run: {JsonProblem.Explain(exception)} Record the "
                    + "evidence again.",
                exception);
        }
    }
}
