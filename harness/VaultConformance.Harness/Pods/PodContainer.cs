namespace VaultConformance.Harness.Pods;

/// <summary>Names one container of a pod.</summary>
/// <param name="Namespace">Namespace.</param>
/// <param name="Pod">Pod name.</param>
/// <param name="Container">Container name.</param>
internal sealed record PodContainer(string Namespace, string Pod, string Container)
{
    /// <inheritdoc />
    public override string ToString() => $"container '{Container}' of pod '{Namespace}/{Pod}'";
}
