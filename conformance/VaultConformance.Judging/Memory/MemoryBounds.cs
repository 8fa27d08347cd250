using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.Memory;

/// <summary>Whether memory is bounded, as declared and in effect.</summary>
public static class MemoryBounds
{
    private const string Memory = "memory";
    private const int LargestPage = 65536;

    /// <summary>
    /// A container's limit must be set and equal its request; a container without either is bounded by equal ones of its pod (stable in
    /// Kubernetes 1.34).
    /// </summary>
    /// <param name="container">The container as admitted.</param>
    /// <param name="pod">Resources of the pod as a whole; null when there are none.</param>
    public static Judgement Judge(V1Container container, V1ResourceRequirements? pod)
    {
        var own = Bounds(container.Resources);
        var shared = Bounds(pod);
        var bounded = own is { Limit: null, Request: null } && shared.AreEqual;
        return Judgement.Of(
            $"memory of container {container.Name}",
            own.AreEqual || bounded,
            "a limit equal to the request",
            shared is { Limit: null, Request: null } ? own.Text : $"{own.Text}; of the pod: {shared.Text}")
            .Saying(text => own.Limit is null
                ? $"Container {container.Name} has no memory limit ({text})."
                : $"Memory request and limit of container {container.Name} differ ({text}).");
    }

    /// <summary>The class is worth knowing, for a node that gives swap gives it to Burstable pods only; the bounds decide.</summary>
    /// <param name="quality">Quality of service class of the pod; null when it is not known.</param>
    public static Judgement JudgeClass(string? quality) =>
        Judgement.Advised("quality of service class", quality == "Guaranteed", "Guaranteed", quality ?? "unknown");

    /// <summary>The cgroup's limit must be finite.</summary>
    /// <param name="memory">Limits of the server container.</param>
    /// <param name="container">The server container as admitted.</param>
    /// <param name="pod">Resources of the pod as a whole; null when there are none.</param>
    public static Judgement Judge(MemoryConfinement memory, V1Container container, V1ResourceRequirements? pod)
    {
        const string Fact = "memory limit of the container's cgroup";
        // cgroup v1 writes "none" as the largest multiple of the page size.
        const long UnlimitedV1 = long.MaxValue & ~0xFFFFFL;
        return memory switch
        {
            { MemoryLimitKnown: false } => Judgement.Unknown(Fact, "finite", "it could not be read"),
            { MemoryLimitBytes: <= 0 } => Judgement.Unknown(Fact, "finite", $"{memory.MemoryLimitBytes} bytes is no limit"),
            { MemoryLimitBytes: < UnlimitedV1 } when FindContradiction(memory.MemoryLimitBytes.Value, container) is { } declared =>
                Judgement.Unknown(
                    Fact,
                    $"that of the container ({declared})",
                    $"{memory.MemoryLimitBytes} bytes, while the container declares {declared}: one of the two is of another container"),
            { MemoryLimitBytes: < UnlimitedV1 } => Judgement.Of(Fact, true, "finite", $"{memory.MemoryLimitBytes} bytes"),
            _ when Bounds(container.Resources).Limit is null && Bounds(pod).Limit is not null =>
                Judgement.Unknown(
                    Fact, "finite", "unlimited; the limit of the pod is that of a cgroup above, which the container does not see"),
            _ => Judgement.Of(Fact, false, "finite", "unlimited").Saying("The container's cgroup has no memory limit."),
        };
    }

    // The kernel keeps whole pages, and a page has 64 KiB at most.
    private static ResourceQuantity? FindContradiction(long seen, V1Container container) =>
        Bounds(container.Resources).Limit is { } limit && (seen > limit.ToDecimal() || seen <= limit.ToDecimal() - LargestPage)
            ? limit
            : null;

    private static Bound Bounds(V1ResourceRequirements? resources) =>
        new(FindQuantity(resources?.Requests), FindQuantity(resources?.Limits));

    private static ResourceQuantity? FindQuantity(IDictionary<string, ResourceQuantity>? quantities) =>
        quantities is not null && quantities.TryGetValue(Memory, out var quantity) ? quantity : null;

    private sealed record Bound(ResourceQuantity? Request, ResourceQuantity? Limit)
    {
        public bool AreEqual => Limit is not null && Request is not null && Limit.ToDecimal() == Request.ToDecimal();

        public string Text => $"request {Request?.ToString() ?? "none"}, limit {Limit?.ToString() ?? "none"}";
    }
}
