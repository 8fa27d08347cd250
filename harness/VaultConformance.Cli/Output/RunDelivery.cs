using System.Runtime.ExceptionServices;
using VaultConformance.Reporting.Writers;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Output;

/// <summary>
/// Writes results, bundle and signature to the output folder while the cluster is still there, and says later where they are.
/// </summary>
/// <param name="plan">The plan of the run.</param>
/// <param name="services">What the verb works with.</param>
internal sealed class RunDelivery(RunPlan plan, CliServices services)
{
    private readonly List<WrittenFile> _written = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Where everything is written.</summary>
    public string Folder => plan.OutputFolder;

    /// <summary>
    /// Writes everything. What cannot be written is reported by <see cref="ThrowIfFailed"/>, after the results: they are shown all the
    /// same.
    /// </summary>
    /// <param name="outcome">The outcome of the run.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task WriteAsync(RunOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            await new RunFiles(plan, services.Judge, services.TimeProvider).WriteAsync(outcome, _written.Add, cancellationToken);
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Says where everything is that was written.</summary>
    public void Show()
    {
        foreach (var file in _written)
        {
            services.Console.WriteLine($"{file.What,-12} {file.Path}");
            if (file.Attested is { } attested)
            {
                new AttestationText(services.Console).WriteSigned(attested.Statement, plan.Signing!.Key.KeyId);
            }
        }
    }

    /// <summary>Ends with what could not be written.</summary>
    /// <exception cref="ReportWriteException">Something could not be written.</exception>
    public void ThrowIfFailed() => _failure?.Throw();
}
