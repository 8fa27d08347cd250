using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Identity;

/// <summary>Whether the program in the image can be executed, by what <c>vault version</c> came to.</summary>
public static class VersionCall
{
    // 'timeout' of GNU and new busybox says 124; older ones hand on what the signal left.
    private static readonly int[] OutOfTime = [124, 143];

    /// <summary>Judges it. A program that runs and does not end in time can be executed, or hangs before it: that cannot be told.</summary>
    /// <param name="version">The outcome of the call.</param>
    public static Judgement Judge(CommandOutcome version)
    {
        const string Fact = "'vault version' in the container";
        const string Expected = "exit code 0";
        var actual = $"exit code {version.ExitCode}: {version.Output}";
        return OutOfTime.Contains(version.ExitCode)
            ? Judgement.Late(
                Fact,
                Expected,
                $"it did not end in the time that it was given ({actual.TrimEnd(' ', ':')}); the container may be starved of CPU")
            : Judgement.Of(Fact, version.ExitCode == 0, Expected, actual)
                .Saying($"'vault version' fails in the container: {actual.TrimEnd(' ', ':', '.')}.");
    }
}
