using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Runs.Judging;

/// <summary>Applies waivers to the results of a run or a replay. What a scope asks for and could not be observed does not match.</summary>
internal static class WaiverJudge
{
    /// <summary>Applies them.</summary>
    /// <param name="waivers">The waivers.</param>
    /// <param name="results">The results as the controls gave them.</param>
    /// <param name="profile">The profile; its platform counts before what kind of cluster it is.</param>
    /// <param name="target">What was judged; null when there is nothing to look at.</param>
    /// <param name="startedAt">When the run started.</param>
    /// <param name="cancellationToken">Ends observing.</param>
    public static async Task<WaivedResults> ApplyAsync(
        IReadOnlyList<Waiver> waivers,
        IReadOnlyList<ControlResult> results,
        Profile profile,
        Target? target,
        DateTimeOffset startedAt,
        CancellationToken cancellationToken)
    {
        return waivers.Count == 0
            ? new WaivedResults(results, [])
            : WaiverPolicy.Apply(waivers, results, await CreateContextAsync(profile, target, startedAt, cancellationToken));
    }

    /// <summary>Applies waivers to one result at a time, as NUnit shows them.</summary>
    /// <inheritdoc cref="ApplyAsync" />
    public static async Task<Func<ControlResult, ControlResult>> CreateAcceptorAsync(
        IReadOnlyList<Waiver> waivers, Profile profile, Target target, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        if (waivers.Count == 0)
        {
            return result => result;
        }

        var context = await CreateContextAsync(profile, target, startedAt, cancellationToken);
        return result => WaiverPolicy.Apply(waivers, [result], context).Results[0];
    }

    private static async Task<WaiverContext> CreateContextAsync(
        Profile profile, Target? target, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var release = await FindSeenAsync(target?.ObserveAsync(ObservationKinds.Release, cancellationToken));
        var cluster = await FindSeenAsync(target?.ObserveAsync(ObservationKinds.Cluster, cancellationToken));
        var objects = await FindSeenAsync(target?.ObserveAsync(ObservationKinds.Objects, cancellationToken));
        return new WaiverContext(
            startedAt,
            profile.Reference,
            release?.ChartVersion,
            profile.Platform ?? cluster?.Kind,
            [.. objects?.Pods.Select(pod => pod.Metadata.Name) ?? []]);    }

    private static async Task<T?> FindSeenAsync<T>(Task<T>? observation)
        where T : class
    {
        try
        {
            return observation is null ? null : await observation;
        }
        catch (Exception exception) when (exception is ObservationUnavailableException or HarnessException)
        {
            // The status of a waiver that needs it says so, and the controls tell what is damaged.
            return null;
        }
    }
}
