using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Runs.Attestation;

/// <summary>Signs what a bundle says, after making sure that its observations give the same.</summary>
/// <param name="judge">Judges the observations again.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class Attester(IJudge judge, TimeProvider timeProvider)
{
    /// <summary>Makes an attestation and writes it.</summary>
    /// <param name="bundlePath">The bundle.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="output">Where to write it; null for beside the bundle.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="VerificationFailedException">The bundle contradicts itself, so it is not signed.</exception>
    public async Task<Attested> AttestAsync(string bundlePath, SigningKey key, string? output, CancellationToken cancellationToken)
    {
        var bundle = await ReplayedBundle.OpenAsync(bundlePath, judge, timeProvider, cancellationToken);
        var checks = await new BundleChecks(bundle, judge.Controls, timeProvider).RunAsync(cancellationToken);
        if (checks.Any(check => !check.IsGood))
        {
            throw new VerificationFailedException($"Bundle '{bundlePath}' is not signed, because it contradicts itself:", checks);
        }

        if (bundle.Revised.Unverified.Count > 0)
        {
            throw new VerificationFailedException(
                $"Bundle '{bundlePath}' is not signed, because this program judges by other revisions. Sign it with the build that made it "
                    + $"({bundle.ToolAndBuild}), or run again:",
                [new VerificationCheck("results", string.Empty, bundle.Revised.Unverified)]);
        }

        var statement = Statement.Write(bundle.Attested, judge.Controls);
        var path = output ?? AttestationFile.GetPathBeside(bundlePath);
        await AttestationFile.WriteAsync(path, DsseEnvelope.Sign(Encoding.UTF8.GetBytes(statement.ToJsonString()), key), cancellationToken);
        return new Attested(bundle, statement, path);
    }
}

/// <summary>What was signed, and where the attestation is.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Path">The attestation.</param>
internal sealed record Attested(ReplayedBundle Bundle, JsonObject Statement, string Path);
