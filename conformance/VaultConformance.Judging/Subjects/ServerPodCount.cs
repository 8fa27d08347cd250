using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Subjects;

/// <summary>Whether the server pods that are judged are all that there should be.</summary>
public static class ServerPodCount
{
    private const string Fact = "server pods that were judged";

    /// <summary>Compares the pods with what the workloads want. Fewer or more cannot be told: the others may be anything.</summary>
    /// <param name="objects">The objects of the release.</param>
    public static Judgement Judge(AdmittedObjects objects)
    {
        var workloads = Workload.List(objects).Where(workload => objects.ServerPods.Any(workload.Owns) || MakesServers(workload)).ToList();
        var judged = objects.ServerPods.Count;
        if (workloads.Count == 0)
        {
            return Judgement.Unknown(
                Fact, "as many as a workload declares", $"{judged}, but no StatefulSet that declares them was recorded");
        }

        if (workloads.Find(workload => workload.Desired is null) is { } open)
        {
            return Judgement.Unknown(Fact, "as many as a workload declares", $"{judged}; how many {open.Subject} wants is not known");
        }

        var expected = workloads.Sum(workload => workload.Desired!.Value);
        var strangers =
            objects.ServerPods.Where(pod => !workloads.Exists(workload => workload.Owns(pod))).Select(pod => pod.Metadata.Name).ToList();
        var actual = $"{judged}{(strangers.Count == 0 ? string.Empty : $", of which no workload declares {string.Join(", ", strangers)}")}";
        return judged == expected && strangers.Count == 0
            ? Judgement.Of(Fact, true, $"{expected}", actual)
            : Judgement.Unknown(Fact, $"{expected} ({string.Join(", ", workloads.Select(workload => workload.Subject))})", actual);
    }

    private static bool MakesServers(Workload workload) =>
        workload.Desired is not 0 && workload.Template?.Metadata?.Labels is { } labels
        && labels.TryGetValue(AdmittedObjects.ComponentLabel, out var component) && component == AdmittedObjects.ServerComponent;
}
