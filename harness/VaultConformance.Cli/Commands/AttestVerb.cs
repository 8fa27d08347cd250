using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Runs.Attestation;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Commands;

/// <summary><c>attest</c>: signs what a bundle says.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class AttestVerb(CliServices services) : IVerb
{
    private const string KeyOption = "--key";

    /// <inheritdoc />
    public Command Create()
    {
        var bundle = new Argument<string>("bundle") { Description = "Evidence bundle (*.vcb)." };
        var key = new Option<string>(
            KeyOption) { Description = "Private ECDSA key on curve P-256, as PEM.", HelpName = KeySource.Hint, Required = true };
        var output = new Option<string?>(
            "--output", "-o") { Description = "Where to write the attestation. Default: BUNDLE.intoto.json.", HelpName = "file" };
        var command = new VerbCommand(
            "attest",
            "Sign the result of a run: an in-toto test-result attestation of its evidence bundle.",
            "attest results/evidence.vcb --key env:ATTEST_KEY",
            "attest results/evidence.vcb --key attest.pem -o results/attestation.json") { bundle, key, output };
        command.SetAction((result, cancellationToken) =>
            RunAsync(result.GetRequiredValue(bundle), result.GetRequiredValue(key), result.GetValue(output), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string bundle, string key, string? output, CancellationToken cancellationToken)
    {
        var source = new KeySource(services.Variables, services.WorkingFolder);
        using var signer = SigningKey.Parse(source.Read(KeyOption, key));
        var attested = await new Attester(services.Judge, services.TimeProvider)
            .AttestAsync(ToFullPath(bundle), signer, output is null ? null : ToFullPath(output), cancellationToken);
        var text = new AttestationText(services.Console);
        text.WriteNotices([.. attested.Bundle.Report.Notices, .. source.ListWarnings(key)]);
        text.WriteVerdict(attested.Bundle.Report);
        text.WriteSigned(attested.Statement, signer.KeyId);
        services.Console.WriteLine($"attestation  {attested.Path}");
        return ExitCodes.Success;
    }

    private string ToFullPath(string path) => Path.GetFullPath(path, services.WorkingFolder);
}
