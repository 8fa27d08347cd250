using VaultConformance.Files;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Attestation;

/// <summary>Attestations on disk: one envelope in one file, by default beside the bundle.</summary>
internal static class AttestationFile
{
    private const string Ending = ".intoto.json";
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>Where the attestation of a bundle lies when nothing else is said.</summary>
    /// <param name="bundle">Path of the bundle.</param>
    public static string GetPathBeside(string bundle) => bundle + Ending;

    /// <summary>Writes an envelope; the file appears whole or not at all.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public static Task WriteAsync(string path, DsseEnvelope envelope, CancellationToken cancellationToken) =>
        ReportFile.WriteAsync(path, DsseEnvelopeJson.Write(envelope), cancellationToken);

    /// <summary>Reads an envelope.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="AttestationException">It cannot be read, or is no envelope.</exception>
    public static async Task<DsseEnvelope> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            RegularFile.Require(path);
            return new FileInfo(path) is { Exists: true, Length: > LargestFile }
                ? throw new AttestationException($"Attestation '{path}' is larger than {LargestFile / 1024 / 1024} MiB; no attestation is.")
                : DsseEnvelopeJson.Read(await File.ReadAllBytesAsync(path, cancellationToken), $"Attestation '{path}'");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AttestationException($"There is no attestation '{path}'. Name it with --attestation; 'attest' makes one.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AttestationException($"Attestation '{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
