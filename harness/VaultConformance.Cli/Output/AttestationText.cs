using System.Text.Json.Nodes;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Attestation;

namespace VaultConformance.Cli.Output;

/// <summary>Shows what was signed or verified: notices first, then facts, one line each.</summary>
/// <param name="console">The console.</param>
internal sealed class AttestationText(CliConsole console)
{
    private const int MostProblems = 20;

    /// <summary>Shows sentences that must not be overlooked.</summary>
    /// <param name="notices">The sentences.</param>
    public void WriteNotices(IEnumerable<string> notices)
    {
        foreach (var notice in notices)
        {
            console.WriteLine($"NOTICE: {notice}", Tone.Warning);
        }
    }

    /// <summary>Shows what was checked.</summary>
    /// <param name="checks">What was checked.</param>
    public void WriteChecks(IEnumerable<VerificationCheck> checks)
    {
        foreach (var check in checks)
        {
            if (check.IsGood)
            {
                console.WriteLine($"ok       {check.Name,-10} {check.Holds}", Tone.Good);
            }

            foreach (var problem in check.Problems.Take(MostProblems))
            {
                console.WriteLine($"FAILED   {check.Name,-10} {problem}", Tone.Bad);
            }

            if (check.Problems.Count > MostProblems)
            {
                console.WriteLine($"FAILED   {check.Name,-10} and {check.Problems.Count - MostProblems} more", Tone.Bad);
            }
        }
    }

    /// <summary>Shows what could not be verified.</summary>
    /// <param name="sentences">One sentence each.</param>
    public void WriteUnverified(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            console.WriteLine($"OPEN     {"results",-10} {sentence}", Tone.Warning);
        }
    }

    /// <summary>Shows the outcome of the run.</summary>
    /// <param name="report">The report.</param>
    public void WriteVerdict(ConformanceReport report)
    {
        console.WriteLine($"run          {report.RunId}, {report.Profile}, {ReportTotals.From(report)}");
        console.WriteLine($"verdict      {VerdictText.WriteHeading(report)}. {VerdictText.Write(report)}", Tone.From(report.Verdict));
    }

    /// <summary>Shows a signed statement and its signer.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="keyId">Id of the signer's key.</param>
    public void WriteSigned(JsonObject statement, string keyId)
    {
        var predicate = statement["predicate"]!;
        int Count(string list) => predicate[list]!.AsArray().Count;
        console.WriteLine($"result       {predicate["result"]}: {Count("passedTests")} passed, {Count("warnedTests")} warned, "
            + $"{Count("failedTests")} failed");
        console.WriteLine($"signer       {keyId}");
    }
}
