using VaultConformance.Harness;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Results;

namespace VaultConformance.Runs.Records;

/// <summary>Finds the results that a user means, as they were recorded: in a bundle, in an output folder, or a file.</summary>
internal static class RecordedResults
{
    private const string FileName = "results.json";

    /// <summary>Reads the results, without what has the shape of a key or a token.</summary>
    /// <param name="path">As given.</param>
    /// <exception cref="HarnessException">There are none.</exception>
    /// <exception cref="BundleException">The bundle is refused.</exception>
    /// <exception cref="ResultsException">The results are refused.</exception>
    public static ComparedRun Open(string path) => MaskedTexts.Mask(Read(path));

    /// <summary>Reads the results of a run, to compare a run with them.</summary>
    /// <param name="path">As given.</param>
    /// <exception cref="HarnessException">There are none, or they are those of <c>lint</c>.</exception>
    public static ComparedRun OpenRun(string path) => Open(path) is { OnlyDeclared: false } run
        ? run
        : throw new HarnessException(
            FailureKind.Configuration,
            $"'{path}' holds results of lint, in which nothing ran; a run can be compared with a run only.");

    /// <summary>Reads the results of <c>lint</c>, to compare others with them.</summary>
    /// <param name="path">As given.</param>
    /// <exception cref="HarnessException">There are none, or they are those of a run.</exception>
    public static ComparedRun OpenDeclared(string path) => Open(path) is { OnlyDeclared: true } declared
        ? declared
        : throw new HarnessException(
            FailureKind.Configuration,
            $"'{path}' holds results of a run; what lint finds can be compared with earlier results of lint only.");

    private static ComparedRun Read(string path)
    {
        if (File.Exists(path))
        {
            return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JsonReportReader.Open(path) : ReadBundle(path);
        }

        if (File.Exists(Path.Combine(path, FileName)))
        {
            return JsonReportReader.Open(Path.Combine(path, FileName));
        }

        return File.Exists(Path.Combine(path, BundleLayout.FileName))
            ? ReadBundle(Path.Combine(path, BundleLayout.FileName))
            : throw new HarnessException(
                FailureKind.Configuration,
                $"'{path}' {ExplainMissing(path)}. "
                    + "Give an evidence bundle (*.vcb), the output folder of a run, or a results.json.");
    }

    private static string ExplainMissing(string path) => Directory.Exists(path)
        ? $"holds no results: there is neither {FileName} nor {BundleLayout.FileName} in it"
        : "does not exist";

    private static ComparedRun ReadBundle(string path) =>
        JsonReportReader.Read($"{path}:{BundleLayout.Results}", BundleReader.Open(path).Require(BundleLayout.Results));
}
