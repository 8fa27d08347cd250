using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VaultConformance.Files;
using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Attestation;

/// <summary>Verifies a bundle, with its attestation or on its own. Needs no cluster, no engine and no network.</summary>
/// <param name="judge">Judges the observations again.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class Verifier(IJudge judge, TimeProvider timeProvider)
{
    /// <summary>
    /// Verifies a bundle and its attestation. What comes after a signature or a file that is not the right one is not checked.
    /// </summary>
    /// <param name="bundlePath">The bundle.</param>
    /// <param name="attestationPath">The attestation.</param>
    /// <param name="key">Whose signature is asked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="AttestationException">The attestation cannot be read.</exception>
    /// <exception cref="BundleException">The bundle is refused.</exception>
    public async Task<Verification> VerifyAsync(
        string bundlePath, string attestationPath, VerificationKey key, CancellationToken cancellationToken)
    {
        var envelope = await AttestationFile.ReadAsync(attestationPath, cancellationToken);
        var signature = SignatureChecks.CheckSignature(envelope, key);
        if (!signature.IsGood)
        {
            return new Verification([signature]);
        }

        var statement = AttestationJson.ParseObject(envelope.Payload, $"The statement in attestation '{attestationPath}'");
        var file = await ComputeDigestAsync(bundlePath, cancellationToken);
        var signed = SignatureChecks.CheckBundle(statement, file);
        if (!signed.IsGood)
        {
            return new Verification([signature, signed]);
        }

        var (bundle, checks) = await CheckInsideAsync(bundlePath, cancellationToken);
        return new Verification([signature, signed, .. checks, CheckStatement(statement, bundle)])
        {
            Bundle = bundle,
            Statement = statement,
            Notices = [.. bundle.Report.Notices, .. SignatureChecks.ListNotices(envelope, key), .. CheckVersion(bundle)],
        };
    }

    /// <summary>Looks whether a bundle is sound and follows from its observations; says nothing about who made it.</summary>
    /// <param name="bundlePath">The bundle.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BundleException">The bundle is refused.</exception>
    public async Task<Verification> LookAsync(string bundlePath, CancellationToken cancellationToken)
    {
        var (bundle, checks) = await CheckInsideAsync(bundlePath, cancellationToken);
        return new Verification(checks) { Bundle = bundle, Notices = [.. bundle.Report.Notices, .. CheckVersion(bundle)] };
    }

    private async Task<(ReplayedBundle Bundle, IReadOnlyList<VerificationCheck> Checks)> CheckInsideAsync(
        string bundlePath, CancellationToken cancellationToken)
    {
        var bundle = await ReplayedBundle.OpenAsync(bundlePath, judge, timeProvider, cancellationToken);
        return (bundle, await new BundleChecks(bundle, judge.Controls, timeProvider).RunAsync(cancellationToken));
    }

    // Everything that a statement may say follows from the bundle, so it is computed again and anything else is refused.
    private VerificationCheck CheckStatement(JsonObject statement, ReplayedBundle bundle)
    {
        var attested = bundle.Attested with { Bundle = SignatureChecks.FindNamed(statement, bundle.Attested.Bundle) };
        var differences = JsonDifference.ListBetween(statement, Statement.Write(attested, judge.Controls), _ => true);
        return new VerificationCheck(
            "statement",
            "result, tests, subjects and configuration are what the bundle gives",
            [.. differences.Select(
                one => $"the statement says {one.Path} is {one.Found ?? "not there"}; the bundle gives {one.Expected ?? "nothing"}")]);
    }

    private static IEnumerable<string> CheckVersion(ReplayedBundle bundle) => bundle.OfOtherBuild
        ?
        [
            $"The bundle was written by {bundle.ToolAndBuild}, this is {ToolName.Describe(ToolName.OfThisProgram, ToolName.Build)}: "
                + "outcomes "
                + "were compared, but not the words of reasons and findings.",
            .. bundle.Revised.Same.Select(sentence => $"{sentence}."),
        ]
        : [];

    private static async Task<DigestedText> ComputeDigestAsync(string bundlePath, CancellationToken cancellationToken)
    {
        try
        {
            RegularFile.Require(bundlePath);
            await using var file = File.OpenRead(bundlePath);
            return new DigestedText(
                Path.GetFileName(bundlePath), Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BundleException.Unreadable(bundlePath, exception);
        }
    }
}

/// <summary>The outcome of a verification.</summary>
/// <param name="Checks">What was checked, in order; never empty.</param>
internal sealed record Verification(IReadOnlyList<VerificationCheck> Checks)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool Holds => Checks.All(check => check.IsGood);

    /// <summary>What this program cannot verify, because it judges by other revisions; one sentence each.</summary>
    public IReadOnlyList<string> Unverified => Bundle?.Revised.Unverified ?? [];

    /// <summary>What a reader must not overlook.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The bundle; null when it was not looked into.</summary>
    public ReplayedBundle? Bundle { get; init; }

    /// <summary>The signed statement; null when it was not compared.</summary>
    public JsonObject? Statement { get; init; }
}

/// <summary>One thing that was checked.</summary>
/// <param name="Name">In one word, for example <c>signature</c>.</param>
/// <param name="Holds">What it means when nothing is wrong.</param>
/// <param name="Problems">What is wrong, one sentence each; empty when nothing is.</param>
internal sealed record VerificationCheck(string Name, string Holds, IReadOnlyList<string> Problems)
{
    /// <summary>What is wrong, without what has the shape of a key or a token: the words come from whoever made the bundle.</summary>
    public IReadOnlyList<string> Problems { get; } = [.. Problems.Select(SecretScanner.MaskShapes)];

    /// <summary>True when nothing is wrong.</summary>
    public bool IsGood => Problems.Count == 0;
}

/// <summary>Something does not hold: what is signed, recorded and observed are not the same. Ends in exit code 1.</summary>
internal sealed class VerificationFailedException : Exception
{
    private const int MostProblems = 20;

    /// <summary>Creates the exception.</summary>
    /// <param name="what">What does not hold, ending in a colon.</param>
    /// <param name="checks">What was checked.</param>
    public VerificationFailedException(string what, IReadOnlyList<VerificationCheck> checks)
        : base(WriteText(what, [.. checks.SelectMany(check => check.Problems)]))
    {
    }

    private static string WriteText(string what, IReadOnlyList<string> problems)
    {
        var more = problems.Count > MostProblems ? $"\n  and {problems.Count - MostProblems} more" : string.Empty;
        return what + string.Concat(problems.Take(MostProblems).Select(problem => $"\n  {problem}")) + more;
    }
}
