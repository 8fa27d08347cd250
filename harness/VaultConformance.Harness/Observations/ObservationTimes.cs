using System.Globalization;
using k8s.Models;

namespace VaultConformance.Harness.Observations;

/// <summary>Whether an observation can be of the pod that it is said to be of, by when it was taken.</summary>
internal static class ObservationTimes
{
    // The harness and the cluster need not agree on the time, but certificates would fail on a clock that is further off.
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    // A clock may be set right in the middle of a look.
    private static readonly TimeSpan Correction = TimeSpan.FromMinutes(1);

    /// <summary>The fact.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="observation">The observation.</param>
    /// <param name="pod">The pod that it is of.</param>
    /// <exception cref="ObservationUnavailableException">
    /// It could not be taken, was taken before there was such a pod, or tells two times.
    /// </exception>
    public static T RequireOf<T>(this Observation<T> observation, V1Pod pod)
        where T : class
    {
        var value = observation.Require();
        if (pod.Metadata.CreationTimestamp is { } created
            && observation.TakenAt + Skew < new DateTimeOffset(created.ToUniversalTime(), TimeSpan.Zero))
        {
            throw new ObservationUnavailableException(
                observation.Kind, observation.Subject, new UnavailableReason(UnavailableCause.Failed, string.Create(
                    CultureInfo.InvariantCulture,
                    $"it was taken at {observation.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, before pod '{pod.Metadata.Name}' was "
                        + $"created at {created.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z, so that it is of another pod. Record the "
                        + $"evidence again.")));
        }

        if (value is ListenerFacts { ObservedAt: var seen }
            && (seen < observation.TakenAt - Correction || seen > observation.TakenAt + observation.Took + Correction))
        {
            throw new ObservationUnavailableException(
                observation.Kind, observation.Subject, new UnavailableReason(UnavailableCause.Failed, string.Create(
                    CultureInfo.InvariantCulture,
                    $"it was taken at {observation.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z and says that certificates were seen at "
                        + $"{seen.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: it is not known when they have to be valid. Record the "
                        + $"evidence again.")));
        }

        return value;
    }
}
