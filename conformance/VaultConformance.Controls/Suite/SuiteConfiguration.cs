using VaultConformance.Harness;
using VaultConformance.Harness.Evidence;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Targets;

namespace VaultConformance.Controls.Suite;

/// <summary>What the suite judges when a test runner starts it: read from the environment, and nowhere else.</summary>
/// <param name="EvidenceFolder">Recorded evidence to judge.</param>
/// <param name="Profile">Name, <c>name@version</c> or path of the profile.</param>
internal sealed record SuiteConfiguration(string EvidenceFolder, string Profile)
{
    /// <summary>Folder of recorded evidence.</summary>
    public const string EvidenceVariable = "VAULT_CONFORMANCE_EVIDENCE";

    /// <summary>The profile.</summary>
    public const string ProfileVariable = "VAULT_CONFORMANCE_PROFILE";

    private const string DefaultProfile = "baseline";

    /// <summary>Reads the configuration.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="HarnessException">Nothing says what to judge.</exception>
    public static SuiteConfiguration Read(Func<string, string?> variable)
    {
        var folder = variable(EvidenceVariable);
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"The controls do not know what to judge. Set {EvidenceVariable} to a folder of recorded evidence (a run leaves one in its output folder) "
                + $"and, if you want another profile than {DefaultProfile}, {ProfileVariable}. To judge a cluster use the command 'run'.");
        }

        return Directory.Exists(Path.Combine(folder, EvidenceStore.ObservationsFolder))
            ? new SuiteConfiguration(folder, variable(ProfileVariable) is { Length: > 0 } profile ? profile : DefaultProfile)
            : throw new HarnessException(
                FailureKind.Configuration,
                $"{EvidenceVariable} names '{folder}', which holds no folder '{EvidenceStore.ObservationsFolder}'. Name the folder that holds it.");
    }

    /// <summary>Opens what is to be judged.</summary>
    /// <param name="timeProvider">Clock.</param>
    public Task<Target> OpenTargetAsync(TimeProvider timeProvider) =>
        Task.FromResult(new Target(new RecordedObservationSource(new EvidenceStore(EvidenceFolder), timeProvider)));
}
