using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Suite;

/// <summary>Judges by the controls of this suite, in this process.</summary>
public sealed class SuiteJudge : IJudge
{
    /// <inheritdoc />
    public IReadOnlyList<ControlDescriptor> Controls => ControlCatalogue.BuiltIn.Controls;

    /// <inheritdoc />
    public ProfileCollection Profiles { get; init; } = BuiltInProfiles.All;

    /// <inheritdoc />
    public Task<SuiteOutcome> JudgeAsync(
        Target target, Profile profile, SuiteOptions options, IProgress<ControlResult>? progress, CancellationToken cancellationToken) =>
        ConformanceSuite.RunAsync(target, profile, options, progress, cancellationToken);
}
