using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Runs.Attestation;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Commands;

/// <summary><c>verify</c>: looks whether a bundle is what someone signed and follows from its observations.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class VerifyVerb(CliServices services) : IVerb
{
    private const string KeyOption = "--key";
    private const string AttestationOption = "--attestation";

    /// <inheritdoc />
    public Command Create()
    {
        var bundle = new Argument<string>("bundle") { Description = "Evidence bundle (*.vcb)." };
        var key = new Option<string?>(KeyOption)
        {
            Description = "The signer's public key or certificate, as PEM. Without it no signature is checked.", HelpName = KeySource.Hint
        };
        var attestation =
            new Option<string?>(AttestationOption) { Description = "The attestation. Default: BUNDLE.intoto.json.", HelpName = "file" };
        var command = new VerbCommand(
            "verify",
            "Verify an evidence bundle and its attestation; needs no Docker, no cluster and no network.",
            "verify results/evidence.vcb --key attest.pub.pem",
            "verify results/evidence.vcb") { bundle, key, attestation };
        command.SetAction((result, cancellationToken) =>
            RunAsync(ToFullPath(result.GetRequiredValue(bundle)), result.GetValue(key), result.GetValue(attestation), cancellationToken));
        return command;
    }

    private Task<int> RunAsync(
        string bundle, string? key, string? attestation, CancellationToken cancellationToken) => (key, attestation) switch
    {
        ({ } given, _) => VerifyAsync(
            bundle, given, attestation is null ? AttestationFile.GetPathBeside(bundle) : ToFullPath(attestation), cancellationToken),
        (null, null) => LookAsync(bundle, cancellationToken),
        _ => throw new HarnessException(
            FailureKind.Configuration,
            $"{AttestationOption} needs {KeyOption}: without the signer's public key nothing in an attestation can be relied on."),
    };

    private async Task<int> VerifyAsync(string bundle, string given, string attestation, CancellationToken cancellationToken)
    {
        using var key = VerificationKey.Parse(new KeySource(services.Variables, services.WorkingFolder).Read(KeyOption, given));
        var verification =
            await new Verifier(services.Judge, services.TimeProvider).VerifyAsync(bundle, attestation, key, cancellationToken);
        Show(verification);
        if (!verification.Holds)
        {
            return ReportFailure(verification, "Rely on neither the bundle nor the attestation.");
        }

        new AttestationText(services.Console).WriteSigned(verification.Statement!, key.KeyId);
        if (verification.Unverified.Count > 0)
        {
            services.Console.WriteLine(
                "VERIFIED IN PART: signature, files and all other controls hold; the verdict rests on what is open. "
                    + $"{AdviseBuild(verification)}",
                Tone.Warning);
            return ExitCodes.Incomplete;
        }

        services.Console.WriteLine("Verified.", Tone.Good);
        return ExitCodes.Success;
    }

    private async Task<int> LookAsync(string bundle, CancellationToken cancellationToken)
    {
        var verification = await new Verifier(services.Judge, services.TimeProvider).LookAsync(bundle, cancellationToken);
        Show(verification);
        if (!verification.Holds)
        {
            return ReportFailure(verification, "Do not rely on the bundle.");
        }

        if (verification.Unverified.Count > 0)
        {
            services.Console.WriteLine($"VERIFIED IN PART: the verdict rests on what is open. {AdviseBuild(verification)}", Tone.Warning);
        }

        services.Console.WriteLine(
            $"SIGNATURE NOT CHECKED: anyone can have made this bundle. Give the signer's public key with {KeyOption}.", Tone.Bad);
        return ExitCodes.Incomplete;
    }

    private static string AdviseBuild(Verification verification) =>
        $"Verify the rest with the build that made the bundle: {verification.Bundle!.ToolAndBuild}.";

    private void Show(Verification verification)
    {
        var text = new AttestationText(services.Console);
        text.WriteNotices(verification.Notices);
        text.WriteChecks(verification.Checks);
        text.WriteUnverified(verification.Unverified);
        if (verification is { Holds: true, Bundle: { } bundle })
        {
            text.WriteVerdict(bundle.Report);
        }
    }

    private int ReportFailure(Verification verification, string advice) => services.Errors.Print(
        $"Verification failed: {string.Join(", ", verification.Checks.Where(check => !check.IsGood).Select(check => check.Name))}. "
            + $"{advice}", ExitCodes.VerificationFailed);

    private string ToFullPath(string path) => Path.GetFullPath(path, services.WorkingFolder);
}
