using VaultConformance.Reporting;
using VaultConformance.Reporting.Writers;
using VaultConformance.Runs.Attestation;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Engine;

/// <summary>Writes results, bundle and, when someone is to sign, the attestation of a run to its output folder.</summary>
/// <param name="plan">The plan of the run.</param>
/// <param name="judge">Judges the bundle again before it is signed.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class RunFiles(RunPlan plan, IJudge judge, TimeProvider timeProvider)
{
    /// <summary>Writes everything.</summary>
    /// <param name="outcome">The outcome of the run.</param>
    /// <param name="written">Told each file or folder once it is there.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="ReportWriteException">Something could not be written.</exception>
    /// <exception cref="VerificationFailedException">The bundle contradicts itself, so it is not signed.</exception>
    public async Task WriteAsync(RunOutcome outcome, Action<WrittenFile> written, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAllAsync(outcome, written, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            PreviousRun.RemoveReport(plan);
            throw;
        }
    }

    private async Task WriteAllAsync(RunOutcome outcome, Action<WrittenFile> written, CancellationToken cancellationToken)
    {
        await new ReportFolder(plan.OutputFolder).WriteAsync(outcome.Report, outcome.NUnitXml, cancellationToken);
        written(new WrittenFile("results", plan.OutputFolder, null));
        var bundle = await new RunBundle(plan).WriteAsync(outcome, cancellationToken);
        written(new WrittenFile("bundle", bundle, null));
        if (plan.Signing is { Key: { } key })
        {
            var attested = await new Attester(judge, timeProvider).AttestAsync(bundle, key, output: null, cancellationToken);
            written(new WrittenFile("attestation", attested.Path, attested));
        }
    }
}

/// <summary>Something that a run wrote.</summary>
/// <param name="What">What it is, in one word.</param>
/// <param name="Path">The file or folder.</param>
/// <param name="Attested">What was signed; null for anything but an attestation.</param>
internal sealed record WrittenFile(string What, string Path, Attested? Attested);
