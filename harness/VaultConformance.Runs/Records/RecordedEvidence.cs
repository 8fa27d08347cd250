using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Records;

/// <summary>Finds the evidence that a user means: a bundle, an evidence folder, or the output folder of a run.</summary>
internal static class RecordedEvidence
{
    private const string Advice = "Give an evidence bundle (*.vcb), the output folder of a run, or the folder 'evidence' in it.";

    /// <summary>Opens the evidence.</summary>
    /// <param name="path">As given.</param>
    /// <exception cref="HarnessException">There is none.</exception>
    /// <exception cref="BundleException">The bundle is refused.</exception>
    public static IEvidenceParts Open(string path)
    {
        if (File.Exists(path))
        {
            return new BundleEvidence(BundleReader.Open(path));
        }

        if (!Directory.Exists(path))
        {
            throw new HarnessException(FailureKind.Configuration, $"Evidence '{path}' does not exist. {Advice}");
        }

        string[] folders = [path, Path.Combine(path, RunPlan.EvidenceFolderName)];
        if (folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, RunRecordFile.FileName))) is { } evidence)
        {
            return new EvidenceFolder(evidence);
        }

        var bundle = Path.Combine(path, BundleLayout.FileName);
        return File.Exists(bundle)
            ? new BundleEvidence(BundleReader.Open(bundle))
            : throw new HarnessException(
                FailureKind.Configuration,
                $"'{path}' holds no evidence: there is neither {RunRecordFile.FileName} nor {BundleLayout.FileName} in it. {Advice}");
    }
}
