using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>Which key of the chart's values sets a field of a pod.</summary>
internal static class SettingKeys
{
    private const string Context = "securityContext.";
    private const string Injector = "-agent-injector";
    private const string NameLabel = "app.kubernetes.io/name";

    /// <summary>The key; null where no value of the chart sets the field.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="violation">What it is about.</param>
    public static string? Find(V1Pod pod, Violation violation) => FindLabel(pod, AdmittedObjects.ComponentLabel) switch
    {
        AdmittedObjects.ServerComponent => FindOfServer(pod, violation),
        _ when FindLabel(pod, NameLabel)?.EndsWith(Injector, StringComparison.Ordinal) == true => FindOfInjector(violation),
        _ => null,
    };

    private static string? FindOfServer(V1Pod pod, Violation violation) => violation switch
    {
        { Container: null, Field: "hostNetwork" } => "server.hostNetwork",
        { Container: null } when violation.Field.StartsWith("volume ", StringComparison.Ordinal) => "server.volumes",
        { Container: null } when IsContext(violation) => "server.statefulSet.securityContext.pod",
        { Container: null } => null,
        _ when (pod.Spec.InitContainers ?? []).Any(container => container.Name == violation.Container) => "server.extraInitContainers",
        _ when (pod.Spec.Containers ?? []).All(container => container.Name != violation.Container) => null,
        _ when ServerProduct.FindServerContainer(pod).Name != violation.Container => "server.extraContainers",
        _ when IsContext(violation) => "server.statefulSet.securityContext.container",
        { Field: "ports.hostPort" } => "server.extraPorts",
        _ => null,
    };

    private static string? FindOfInjector(Violation violation) => violation switch
    {
        { Container: null, Field: "hostNetwork" } => "injector.hostNetwork",
        _ when IsContext(violation) => violation.Container is null ? "injector.securityContext.pod" : "injector.securityContext.container",
        _ => null,
    };

    private static bool IsContext(Violation violation) => violation.Field.StartsWith(Context, StringComparison.Ordinal);

    private static string? FindLabel(V1Pod pod, string name) =>
        pod.Metadata?.Labels?.TryGetValue(name, out var value) == true ? value : null;
}
