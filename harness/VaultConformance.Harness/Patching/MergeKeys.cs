namespace VaultConformance.Harness.Patching;

/// <summary>How Kubernetes' types say that a list is merged; every list that is not here is atomic and is replaced.</summary>
internal static class MergeKeys
{
    private static readonly Dictionary<string, string> InPodSpec = new()
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["ephemeralContainers"] = "name",
        ["volumes"] = "name",
        ["imagePullSecrets"] = "name",
        ["schedulingGates"] = "name",
        ["resourceClaims"] = "name",
        ["hostAliases"] = "ip",
        ["topologySpreadConstraints"] = "topologyKey",
    };

    private static readonly Dictionary<string, string> InContainer = new()
    {
        ["env"] = "name",
        ["ports"] = "containerPort",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
    };

    /// <summary>The field by which items of a list are told apart; null when the list is atomic.</summary>
    /// <param name="kind">Kind of the object.</param>
    /// <param name="path">Field names from the object's root to the list, dot-separated, without indexes.</param>
    internal static string? Find(string kind, string path)
    {
        if (path == "metadata.ownerReferences")
        {
            return "uid";
        }

        var inPod = FindPodSpecPath(kind) is { } podSpec && path.StartsWith(podSpec + ".", StringComparison.Ordinal)
            ? path[(podSpec.Length + 1)..].Split('.')
            : null;
        return (inPod, kind, path) switch
        {
            ([var list], _, _) => InPodSpec.GetValueOrDefault(list),
            (["containers" or "initContainers" or "ephemeralContainers", var list], _, _) => InContainer.GetValueOrDefault(list),
            (_, "Service", "spec.ports") => "port",
            (_, "ServiceAccount", "secrets" or "imagePullSecrets") => "name",
            (_, "MutatingWebhookConfiguration" or "ValidatingWebhookConfiguration", "webhooks") => "name",
            _ => null,
        };
    }

    /// <summary>True for lists of plain values that are merged as sets.</summary>
    /// <param name="path">Field names from the object's root to the list, dot-separated.</param>
    internal static bool IsMergedSet(string path) => path == "metadata.finalizers";

    private static string? FindPodSpecPath(string kind) => kind switch
    {
        "Pod" => "spec",
        "StatefulSet" or "Deployment" or "DaemonSet" or "ReplicaSet" or "Job" or "ReplicationController" => "spec.template.spec",
        "PodTemplate" => "template.spec",
        "CronJob" => "spec.jobTemplate.spec.template.spec",
        _ => null,
    };
}
