using System.Runtime.ExceptionServices;
using VaultConformance.Cli.Attestation;
using VaultConformance.Cli.Output;
using VaultConformance.Cli.Plan;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Cli.Run;

/// <summary>Writes results, bundle and signature to the output folder while the cluster is still there, and says later where they are.</summary>
/// <param name="plan">The plan of the run.</param>
/// <param name="services">What the verb works with.</param>
internal sealed class RunDelivery(RunPlan plan, CliServices services)
{
    private readonly List<Action> _said = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Writes everything. What cannot be written is told by <see cref="Show"/>, after the results: they are shown all the same.</summary>
    /// <param name="outcome">What came of the run.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task WriteAsync(RunOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            await new ReportFolder(plan.OutputFolder).WriteAsync(outcome.Report, outcome.NUnitXml, cancellationToken);
            _said.Add(() => services.Console.Line($"results      {plan.OutputFolder}"));
            var bundle = await new RunBundle(plan).WriteAsync(outcome, cancellationToken);
            _said.Add(() => services.Console.Line($"bundle       {bundle}"));
            await SignAsync(bundle, cancellationToken);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Says where everything is.</summary>
    /// <exception cref="ReportWriteException">Something could not be written.</exception>
    public void Show()
    {
        _said.ForEach(say => say());
        _failure?.Throw();
    }

    private async Task SignAsync(string bundle, CancellationToken cancellationToken)
    {
        if (plan.Signing is { Key: { } key })
        {
            var attested = await new Attester(services.TimeProvider).AttestAsync(bundle, key, output: null, cancellationToken);
            _said.Add(() => services.Console.Line($"attestation  {attested.Path}"));
            _said.Add(() => new AttestationText(services.Console).Signed(attested.Statement, key.KeyId));
        }
    }
}
