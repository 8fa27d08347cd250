using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Probes.Network.Reach;

/// <summary>The run's own pods from which connections are tried.</summary>
/// <param name="Near">Opens the pod in the namespace of the release.</param>
/// <param name="Far">Opens the pod in the second namespace.</param>
/// <remarks>Both throw a <see cref="HarnessException"/> that says why there is no such pod.</remarks>
internal sealed record ReachServices(Func<CancellationToken, Task<ReachPod>> Near, Func<CancellationToken, Task<ReachPod>> Far)
{
    /// <summary>Those of a release that an earlier run kept.</summary>
    public static ReachServices None { get; } = new(RefuseAsync, RefuseAsync);

    private static Task<ReachPod> RefuseAsync(CancellationToken cancellationToken) => throw new HarnessException(
        FailureKind.Environment,
        "The release was kept by an earlier run, and only a run that installs it has a second namespace. Run it again.");
}

/// <summary>A pod in which commands can be run.</summary>
/// <param name="Container">Its container.</param>
/// <param name="Address">Its address in the pod network.</param>
internal sealed record ReachPod(PodContainer Container, string Address);

/// <summary>Where a connection is tried to.</summary>
/// <param name="Place">The word for it in the evidence.</param>
/// <param name="Host">Address; null for a place that the pod itself knows the address of.</param>
/// <param name="Port">Port.</param>
internal sealed record ReachTarget(string Place, string? Host, int Port)
{
    /// <summary>Why it cannot be tried; null when it can.</summary>
    public string? Problem { get; init; }
}
