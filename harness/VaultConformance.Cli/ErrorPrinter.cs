using VaultConformance.Harness;
using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting;
using VaultConformance.Reporting.Text;
using VaultConformance.Reporting.Writers;
using VaultConformance.Runs.Attestation;

namespace VaultConformance.Cli;

/// <summary>
/// Says once what went wrong and finds the exit code for it. Messages repeat what they were given, and so lose what has the shape of a key
/// or a token.
/// </summary>
/// <param name="error">Where to say it.</param>
internal sealed class ErrorPrinter(TextWriter error)
{
    /// <summary>Prints an exception; a failure that was foreseen as its message, anything else as a defect.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="interrupted">
    /// True when the user interrupted the program; a step that was cancelled otherwise ran out of its own time.
    /// </param>
    /// <returns>The exit code.</returns>
    public int Print(Exception exception, bool interrupted = false)
    {
        switch (exception)
        {
            case OperationCanceledException when interrupted:
                error.WriteLine("Interrupted.");
                return ExitCodes.Interrupted;
            case OperationCanceledException:
                return Print("A step did not end within its own time limit, and nobody interrupted it. Run again; on a slow machine with "
                    + "a longer --timeout.", ExitCodes.Environment);
            case VerificationFailedException failure:
                return Print(failure.Message, ExitCodes.VerificationFailed);
            case HarnessException failure:
                return Print(failure.Message, ExitCodes.From(failure.Kind));
            case ReportWriteException failure:
                return Print(failure.Message, ExitCodes.Environment);
            case ReportingException failure:
                return Print(failure.Message, ExitCodes.Usage);
            default:
                Print(
                    $"Something unexpected happened: {exception.Message} This is a defect; please report it with the lines below.",
                    ExitCodes.Environment);
                error.WriteLine(Printable.ToLines(SecretScanner.MaskShapes(exception.ToString())));
                return ExitCodes.Environment;
        }
    }

    /// <summary>Prints a message.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="exitCode">Returned as it is.</param>
    public int Print(string message, int exitCode)
    {
        error.WriteLine($"Error: {Printable.ToLines(SecretScanner.MaskShapes(message))}");
        return exitCode;
    }
}
