using VaultConformance.Harness;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Controls.Framework;

/// <summary>What the suite judges when a test runner starts it: read from the environment, and nowhere else.</summary>
/// <param name="EvidenceFolder">
/// Recorded evidence to judge, or where evidence of the kept target is recorded; empty when a release is installed first.
/// </param>
/// <param name="TargetFile">File of a kept target; null to judge recorded evidence.</param>
/// <param name="Profile">Name, <c>name@version</c> or path of the profile.</param>
internal sealed record SuiteConfiguration(string EvidenceFolder, string? TargetFile, string Profile)
{
    /// <summary>Folder of recorded evidence.</summary>
    public const string EvidenceVariable = "VAULT_CONFORMANCE_EVIDENCE";

    /// <summary>File that <c>run --keep</c> wrote.</summary>
    public const string TargetVariable = "VAULT_CONFORMANCE_TARGET";

    public const string ProfileVariable = "VAULT_CONFORMANCE_PROFILE";

    /// <summary>Values files of a release that is installed on a cluster of its own, judged, and removed.</summary>
    public const string ValuesVariable = "VAULT_CONFORMANCE_VALUES";

    private const string DefaultProfile = "baseline";
    private static readonly string[] Subjects = [EvidenceVariable, TargetVariable, ValuesVariable];

    /// <summary>What to do when nothing says what to judge.</summary>
    public const string Unconfigured =
        $"The controls do not know what to judge. Set {ValuesVariable} to a values file to install a release and judge it, "
            + $"{EvidenceVariable} to a folder of recorded "
        + $"evidence (a run leaves one in its output folder), or {TargetVariable} to the file that 'run --keep' names; and, if you want "
        + $"another profile than {DefaultProfile}, {ProfileVariable}.";

    /// <summary>True when the environment says what to judge.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static bool IsGiven(Func<string, string?> variable) => Subjects.Any(name => FindGiven(variable, name) is not null);

    /// <summary>True when a release is installed first.</summary>
    public bool Installs => EvidenceFolder.Length == 0;

    /// <summary>Reads the configuration.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>The configuration; null when nothing says what to judge.</returns>
    /// <exception cref="HarnessException">Two things say what to judge, or a folder holds no evidence.</exception>
    public static SuiteConfiguration? Read(Func<string, string?> variable)
    {
        var profile = variable(ProfileVariable) is { Length: > 0 } named ? named : DefaultProfile;
        List<string> given = [.. Subjects.Where(name => FindGiven(variable, name) is not null)];
        return given switch
        {
            [] => null,
            [EvidenceVariable] => FromEvidence(variable(EvidenceVariable)!, profile),
            [TargetVariable] => new SuiteConfiguration(
                Directory.CreateTempSubdirectory("vault-conformance-evidence-").FullName, variable(TargetVariable), profile),
            [ValuesVariable] => new SuiteConfiguration(string.Empty, null, profile),
            _ => throw new HarnessException(
                FailureKind.Configuration, $"{string.Join(" and ", given)} are set; the controls judge one thing. Unset all but one."),
        };
    }

    /// <summary>Opens what is judged.</summary>
    /// <param name="timeProvider">Clock.</param>
    /// <exception cref="HarnessException">The kept target cannot be opened.</exception>
    public async Task<OpenedTarget> OpenTargetAsync(TimeProvider timeProvider)
    {
        if (TargetFile is null)
        {
            return new OpenedTarget(new Target(new RecordedObservationSource(new EvidenceStore(EvidenceFolder), timeProvider)), null);
        }

        var services = new HarnessServices(new SilentProgress(), timeProvider, VaultApiFactories.Default);
        var kept = await KeptTarget.OpenAsync(TargetFile, EvidenceFolder, services, CancellationToken.None);
        return new OpenedTarget(kept.Target, kept);
    }

    private static string? FindGiven(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value && value.Trim().Length > 0 ? value : null;

    private static SuiteConfiguration FromEvidence(string folder, string profile) =>
        Directory.Exists(Path.Combine(folder, EvidenceStore.ObservationsFolder))
            ? new SuiteConfiguration(folder, null, profile)
            : throw new HarnessException(
                FailureKind.Configuration,
                $"{EvidenceVariable} names '{folder}', and '{Path.GetFullPath(folder)}' holds no folder "
                    + $"'{EvidenceStore.ObservationsFolder}'. Name the folder that holds it, by its full path: a test runner chooses its "
                    + "own working folder.");

    // A test runner shows results; what the harness is doing meanwhile has no place in them.
    private sealed class SilentProgress : IRunProgress
    {
        public void Report(ProgressEvent progressEvent)
        {
        }
    }
}

/// <summary>What is judged, and what has to be closed afterwards.</summary>
/// <param name="Target">The target.</param>
/// <param name="Connection">Connection to a live target; null for recorded evidence.</param>
internal sealed record OpenedTarget(Target Target, IAsyncDisposable? Connection);
