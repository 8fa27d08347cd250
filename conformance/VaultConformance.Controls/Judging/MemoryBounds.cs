using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Whether memory is bounded, as declared and in effect.</summary>
internal static class MemoryBounds
{
    private const string Memory = "memory";

    /// <summary>A container's limit must be set and equal its request.</summary>
    /// <param name="container">The container as admitted.</param>
    public static Judgement Judge(V1Container container)
    {
        var limit = Quantity(container.Resources?.Limits);
        var request = Quantity(container.Resources?.Requests);
        var holds = limit is not null && request is not null && limit.ToDecimal() == request.ToDecimal();
        return Judgement.Of(
            $"memory of container {container.Name}",
            holds,
            "a limit equal to the request",
            $"request {request?.ToString() ?? "none"}, limit {limit?.ToString() ?? "none"}");
    }

    /// <summary>The class is worth knowing, for a node that gives swap gives it to Burstable pods only; the bounds decide.</summary>
    /// <param name="quality">Quality of service class of the pod; null when it is not known.</param>
    public static Judgement JudgeClass(string? quality) =>
        Judgement.Advised("quality of service class", quality == "Guaranteed", "Guaranteed", quality ?? "unknown");

    /// <summary>The cgroup's limit must be finite.</summary>
    /// <param name="memory">Limits of the server container.</param>
    public static Judgement Judge(MemoryConfinement memory)
    {
        const string Fact = "memory limit of the container's cgroup";
        // cgroup v1 writes "none" as the largest multiple of the page size.
        const long UnlimitedV1 = long.MaxValue & ~0xFFFFFL;
        return memory.MemoryLimitKnown
            ? Judgement.Of(Fact, memory.MemoryLimitBytes < UnlimitedV1, "finite", memory.MemoryLimitBytes is < UnlimitedV1 and var limit ? $"{limit} bytes" : "unlimited")
            : Judgement.Unknown(Fact, "finite", "it could not be read");
    }

    private static ResourceQuantity? Quantity(IDictionary<string, ResourceQuantity>? quantities) =>
        quantities is not null && quantities.TryGetValue(Memory, out var quantity) ? quantity : null;
}
