using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>
/// A sandbox with a kernel of its own (gVisor, Kata) under a pod. The name of a runtime class proves nothing: the handler of the
/// RuntimeClass decides, and a pod that sees the kernel of its node is in no such sandbox.
/// </summary>
/// <param name="Handler">Handler of the runtime class.</param>
/// <param name="Proven">True when the pod sees another kernel than its node; false when that is not known.</param>
internal sealed record Sandbox(string Handler, bool Proven)
{
    private static readonly string[] Handlers = ["runsc", "gvisor", "kata"];

    /// <summary>The sandbox of a pod; null when it has none.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="objects">Holds the runtime classes.</param>
    /// <param name="seen">Kernel that the pod sees; null when it was not recorded.</param>
    /// <param name="node">Kernel of the pod's node; null when it is not known.</param>
    public static Sandbox? From(V1Pod pod, AdmittedObjects objects, string? seen, string? node)
    {
        var handler = objects.RuntimeClasses?.FirstOrDefault(candidate => candidate.Metadata.Name == pod.Spec.RuntimeClassName)?.Handler;
        var known = handler is not null
            && Array.Exists(Handlers, name => handler == name || handler.StartsWith(name + "-", StringComparison.Ordinal));
        return !known || (seen is not null && seen == node) ? null : new Sandbox(handler!, seen is not null && node is not null);
    }
}
