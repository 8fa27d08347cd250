using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Runs.Hosting;

/// <summary>Hands the release to someone else and waits for the results: a test runner calls the controls itself.</summary>
/// <param name="controls">All controls that the other one can judge by.</param>
/// <param name="profiles">The profiles that come with it.</param>
internal sealed class DeferredJudge(IReadOnlyList<ControlDescriptor> controls, ProfileCollection profiles) : IJudge
{
    private readonly TaskCompletionSource<JudgingRequest> _request = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SuiteOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc />
    public IReadOnlyList<ControlDescriptor> Controls => controls;

    /// <inheritdoc />
    public ProfileCollection Profiles => profiles;

    /// <summary>Completes when there is a release to judge.</summary>
    public Task<JudgingRequest> Requested => _request.Task;

    /// <summary>Gives the results back to the run.</summary>
    /// <param name="outcome">One result for every control of the profile.</param>
    public void Complete(SuiteOutcome outcome) => _outcome.TrySetResult(outcome);

    /// <inheritdoc />
    public Task<SuiteOutcome> JudgeAsync(
        Target target, Profile profile, SuiteOptions options, IProgress<ControlResult>? progress, CancellationToken cancellationToken)
    {
        _request.TrySetResult(new JudgingRequest(target, profile, options, progress, cancellationToken));
        return _outcome.Task;
    }
}

/// <summary>What is to be judged, and how.</summary>
/// <param name="Target">The release.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Options">Time limit and waivers.</param>
/// <param name="Progress">Told every result as it comes; null when nobody listens.</param>
/// <param name="Cancellation">Ends the judging. The results are still wanted.</param>
internal sealed record JudgingRequest(
    Target Target, Profile Profile, SuiteOptions Options, IProgress<ControlResult>? Progress, CancellationToken Cancellation);
