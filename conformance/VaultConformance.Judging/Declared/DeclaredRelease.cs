using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.Declared;

/// <summary>A release of which only rendered objects and values are known.</summary>
/// <param name="objects">The objects.</param>
internal sealed class DeclaredRelease(AdmittedObjects objects)
{
    private readonly IReadOnlyList<DeclaredServer> _servers =
        [.. objects.ServerPods.Select(pod => DeclaredServer.From(pod, objects))];

    private readonly IReadOnlyList<Workload> _workloads = Workload.List(objects);

    /// <summary>What is declared about a control beyond what the control itself finds in the objects.</summary>
    /// <param name="control">The control.</param>
    /// <param name="parameters">Parameters of the profile.</param>
    public IEnumerable<(string Subject, Judgement Judgement)> Judge(ControlId control, ProfileParameters parameters) =>
        DeclaredRules.Find(control) is { } rule
            ? _servers.SelectMany(server => rule(server, new DeclaredContext(objects, _servers.Count, parameters))
                .Select(judgement => (server.Pod.Metadata.Name, judgement)))
            : [];

    /// <summary>
    /// What a finding is about: the pods of a workload do not exist yet and are all the same, so that the workload stands for them.
    /// </summary>
    /// <param name="subject">Subject of a finding.</param>
    public string NameSubject(string subject)
    {
        var parts = subject.Split('/', 2);
        return objects.Pods.FirstOrDefault(pod => pod.Metadata.Name == parts[0]) is { } pod
            && _workloads.FirstOrDefault(workload => workload.Owns(pod)) is { } owner
            ? string.Join('/', [owner.Subject, .. parts[1..]])
            : subject;
    }
}

/// <summary>What a rule may have to know besides its server.</summary>
/// <param name="Objects">The objects of the release.</param>
/// <param name="Servers">How many servers there are.</param>
/// <param name="Parameters">Parameters of the profile.</param>
internal sealed record DeclaredContext(AdmittedObjects Objects, int Servers, ProfileParameters Parameters);
