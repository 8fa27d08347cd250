namespace VaultConformance.Harness.Observations;

/// <summary>Who reached whom over the pod network.</summary>
/// <param name="Attempts">Every connection that was tried.</param>
public sealed record NetworkFacts(IReadOnlyList<ConnectionAttempt> Attempts);

/// <summary>One TCP connection that was tried.</summary>
/// <param name="From">Where from: a <see cref="NetworkPlaces">place</see>, or a server pod as <c>pod/NAME</c>.</param>
/// <param name="To">Where to, in the same words.</param>
/// <param name="Port">Port.</param>
/// <param name="Connected">True when there was a connection, false when there was none; null when it could not be tried.</param>
/// <param name="Detail">Why it could not be tried; null when it was.</param>
public sealed record ConnectionAttempt(string From, string To, int Port, bool? Connected, string? Detail);

/// <summary>The ends of <see cref="ConnectionAttempt"/> that are not servers.</summary>
public static class NetworkPlaces
{
    /// <summary>A pod of the run in the namespace of the release.</summary>
    public const string Near = "release-namespace";

    /// <summary>A pod of the run in a second namespace, which nobody but the run knows.</summary>
    public const string Far = "second-namespace";

    /// <summary>
    /// Listeners in the second namespace, one for each server: each takes a single connection, so that one that still answers has not been
    /// reached before.
    /// </summary>
    public const string Canary = "canary";

    /// <summary>The name server that the pod was given.</summary>
    public const string Names = "name-server";

    /// <summary>The API server of the cluster.</summary>
    public const string Api = "api-server";
}
