using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Waivers;

/// <summary>What a run has to say about the scopes of waivers.</summary>
/// <param name="JudgedAt">When the run started; whether a waiver has expired is judged then, also in a replay.</param>
/// <param name="Profile">Profile, for messages.</param>
/// <param name="ChartVersion">Version of the chart under test; null when it could not be observed, and then no chart range holds.</param>
/// <param name="Platform">Platform, for example <c>eks</c>; null when it could not be observed, and then no platform matches.</param>
/// <param name="Pods">Names of all pods that were observed; a finding on anything else is not about a pod.</param>
internal sealed record WaiverContext(
    DateTimeOffset JudgedAt, string Profile, string? ChartVersion, string? Platform, IReadOnlyList<string> Pods)
{
    /// <summary>Why a waiver does not hold in this run at all, whatever failed; null when it does.</summary>
    /// <param name="scope">The scope of the waiver.</param>
    public string? ExplainOutside(WaiverScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Chart is not null && ChartRange.TryParse(scope.Chart)?.Contains(ChartVersion) != true)
        {
            return ChartVersion is null ? "the chart's version could not be observed" : $"chart {ChartVersion} is not in {scope.Chart}";
        }

        return scope.Platform is null || scope.Platform == Platform
            ? null
            : Platform is null ? "the platform could not be observed" : $"the platform is {Platform}, not {scope.Platform}";
    }

    /// <summary>Whether a finding is inside the pods of a scope.</summary>
    /// <param name="scope">The scope of the waiver.</param>
    /// <param name="finding">The finding; its subject is a pod, or <c>pod/container</c>, or something else.</param>
    public bool Covers(WaiverScope scope, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(finding);
        if (scope.Pod is null)
        {
            return true;
        }

        var pod = finding.Subject.Split('/')[0];
        return Pods.Contains(pod) && PodPattern.Matches(scope.Pod, pod);
    }
}
