using System.CommandLine;

namespace VaultConformance.Cli.Commands;

/// <summary>All verbs.</summary>
internal static class Verbs
{
    /// <summary>All verbs, in the order of the help.</summary>
    /// <param name="services">What they work with.</param>
    public static IReadOnlyList<IVerb> CreateAll(CliServices services) =>
    [
        new RunVerb(services),
        new LintVerb(services),
        new DoctorVerb(services),
        new ControlsVerb(services),
        new ReplayVerb(services),
        new ReportVerb(services),
        new CompareVerb(services),
        new AttestVerb(services),
        new VerifyVerb(services),
        new ProfileVerb(services),
        new WaiversVerb(services),
        new OfflineVerb(services),
        new CleanVerb(services),
        new CompletionVerb(services),
    ];
}

/// <summary>One verb of the command line.</summary>
internal interface IVerb
{
    /// <summary>The verb with its options and its action, which returns the exit code and throws what went wrong.</summary>
    Command Create();
}
