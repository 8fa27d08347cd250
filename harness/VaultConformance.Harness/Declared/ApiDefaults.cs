using k8s.Models;

namespace VaultConformance.Harness.Declared;

/// <summary>
/// What every API server fills in where a manifest says nothing, as far as controls judge it. What a node, an image or an admission
/// plug-in decides is not in here: that is for a run to see.
/// </summary>
internal static class ApiDefaults
{
    private const int ReadableByAll = 420;
    private const int GracePeriod = 30;

    /// <summary>A pod with the defaults of its kind.</summary>
    /// <param name="pod">The pod; it is changed.</param>
    public static V1Pod Fill(V1Pod pod)
    {
        pod.Spec.TerminationGracePeriodSeconds ??= GracePeriod;
        pod.Spec.ServiceAccountName ??= pod.Spec.ServiceAccount ?? "default";
        foreach (var container in (pod.Spec.Containers ?? []).Concat(pod.Spec.InitContainers ?? []))
        {
            Fill(container.Resources);
        }

        foreach (var volume in pod.Spec.Volumes ?? [])
        {
            Fill(volume);
        }

        return pod;
    }

    /// <summary>A StatefulSet with the defaults of its kind.</summary>
    /// <param name="set">The StatefulSet; it is changed.</param>
    public static V1StatefulSet Fill(V1StatefulSet set)
    {
        set.Spec.UpdateStrategy ??= new V1StatefulSetUpdateStrategy();
        set.Spec.UpdateStrategy.Type ??= "RollingUpdate";
        return set;
    }

    /// <summary>A Service with the defaults of its kind.</summary>
    /// <param name="service">The Service; it is changed.</param>
    public static V1Service Fill(V1Service service)
    {
        service.Spec ??= new V1ServiceSpec();
        service.Spec.Type ??= "ClusterIP";
        foreach (var port in service.Spec.Ports ?? [])
        {
            port.Protocol ??= "TCP";
            port.TargetPort ??= port.Port;
        }

        return service;
    }

    // A limit without a request is its own request.
    private static void Fill(V1ResourceRequirements? resources)
    {
        foreach (var (name, limit) in resources?.Limits ?? new Dictionary<string, ResourceQuantity>())
        {
            resources!.Requests ??= new Dictionary<string, ResourceQuantity>();
            resources.Requests.TryAdd(name, limit);
        }
    }

    private static void Fill(V1Volume volume)
    {
        if (volume.Secret is { } secret)
        {
            secret.DefaultMode ??= ReadableByAll;
        }

        if (volume.ConfigMap is { } map)
        {
            map.DefaultMode ??= ReadableByAll;
        }

        if (volume.Projected is { } projected)
        {
            projected.DefaultMode ??= ReadableByAll;
        }
    }
}
