using VaultConformance.Harness;
using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Building;

/// <summary>A step of the offline kit did not work.</summary>
public sealed class KitStepException : HarnessException
{
    private KitStepException(string step, string message, Exception? innerException = null)
        : base(FailureKind.Environment, message, innerException)
    {
        Step = step;
    }

    /// <summary>Name of the step.</summary>
    public string Step { get; }

    internal static KitStepException ScriptFailed(string step, string script, int exitCode, string lastLines, string log) => new(
        step,
        $"Building {step} failed: '{script}' ended with exit code {exitCode}. Its last "
            + $"lines:{Environment.NewLine}{lastLines}{Environment.NewLine}"
        + $"{ChooseAdvice(exitCode, lastLines)} Log: {log}");

    internal static KitStepException DiskFull(string step, string folder, Exception cause) => new(
        step,
        $"Building {step} failed: no room is left on the disk of {folder}. The first build needs about 8 GB there. Free some, or set "
            + $"{KitPaths.Variable} to a folder with room.",
        cause);

    internal static KitStepException Refused(string step, string what, string advice, Exception? cause = null) =>
        new(step, $"Building {step} failed: {what}. {advice}", cause);

    internal static bool IsDiskFull(Exception exception)
    {
        const int NoSpaceLeft = 28;
        const int WindowsDiskFull = unchecked((int)0x80070070);
        return exception is IOException io
            && (io.HResult is NoSpaceLeft or WindowsDiskFull || io.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase));
    }

    private static string ChooseAdvice(int exitCode, string lastLines)
    {
        if (lastLines.Contains("No space left on device", StringComparison.Ordinal))
        {
            return $"The disk is full: free some room, or set {KitPaths.Variable} to a folder with room (the first build needs "
                + "about 8 GB).";
        }

        return exitCode == HostCommandResult.NotFound
            ? "A program is missing: install it, or run as root so that the packages the build needs are installed."
            : "Correct what the log names, then run again; finished steps are kept.";
    }
}
