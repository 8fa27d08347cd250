using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Objects;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Reads files, leftovers and the version of a dump.</summary>
internal static class FileFactsParser
{
    private const int ItemsPerFile = 7;

    public static FileFacts Parse(PodDump dump)
    {
        var files = ListNumbers(dump)
            .Select(number => ReadEntry(dump, number))
            .OfType<FileEntry>()
            .DistinctBy(file => (file.Path, file.Purpose))
            .ToList();
        var version = dump.Frames.TryGetValue("version", out var frame)
            ? frame
            : throw new PodDumpException($"{dump.Request.Target} did not run 'vault version'.");
        return new FileFacts(
            files,
            [.. dump.Require("leftovers").Items.Distinct().Order(StringComparer.Ordinal)],
            new CommandOutcome(version.ExitCode, version.Text.Trim()),
            ReadLoadedConfig(dump));
    }

    /// <summary>The texts of the configuration that the server was started with.</summary>
    public static IReadOnlyList<ConfigText> ReadLoadedConfig(PodDump dump) =>
        [.. ListNumbers(dump).Select(number => ReadConfig(dump, number)).OfType<ConfigText>().DistinctBy(config => config.Path)];

    /// <summary>True when a file of the dump is configuration, which may hold secrets.</summary>
    /// <param name="dump">The dump.</param>
    /// <param name="number">Number of the file.</param>
    public static bool IsConfiguration(PodDump dump, string number) =>
        dump.Find($"file {number}")?.Items is not [FilePurposes.TlsCertificate or FilePurposes.TlsClientCa, ..];

    private static IEnumerable<int> ListNumbers(PodDump dump) =>
        Enumerable.Range(1, dump.Frames.Count).TakeWhile(number => dump.Frames.ContainsKey($"file {number}"));

    private static FileEntry? ReadEntry(PodDump dump, int number)
    {
        if (ReadItems(dump, number) is not [var purpose, var path, var exists, var owner, var listed, var append, var replace])
        {
            return null;
        }

        var (uid, gid, mode) = owner.Length > 0 ? FileOwner.FromStat(owner) : FileOwner.FromListing(listed);
        return new FileEntry(path, purpose, exists == "y", uid, gid, mode, Answer(append), Answer(replace), ComputeDigest(
            purpose, dump.FindText($"content {number}")));
    }

    private static ConfigText? ReadConfig(PodDump dump, int number) =>
        ReadItems(dump, number) is [FilePurposes.Config, var path, ..] && dump.FindText($"content {number}") is { } text
            ? new ConfigText(path, ConfigMasker.Mask(text))
            : null;

    private static IReadOnlyList<string>? ReadItems(PodDump dump, int number) =>
        dump.Find($"file {number}")?.Items is { Count: ItemsPerFile } items ? items : null;

    private static bool? Answer(string item) => item switch
    {
        "y" => true,
        "n" => false,
        _ => null,
    };

    private static string? ComputeDigest(string purpose, string? content) =>
        purpose == FilePurposes.Config || content is null ? null : FirstCertificate.ComputeSha256(content);
}

/// <summary>Looks at the files that matter.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class FilesProbe(IPodDumps dumps) : ParsedDumpProbe<FileFacts>(ObservationKinds.Files, dumps, FileFactsParser.Parse);
