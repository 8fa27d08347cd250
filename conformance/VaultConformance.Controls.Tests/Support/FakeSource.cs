using System.Collections.Concurrent;
using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Answers observations from memory; whatever was not set is unavailable.</summary>
internal sealed class FakeSource : IObservationSource
{
    private readonly ConcurrentDictionary<(string Kind, string Subject), object> _values = new();
    private readonly List<Func<EvidenceStore, Task>> _writes = [];

    public FakeSource Set<T>(ObservationKind<T> kind, string subject, T value)
        where T : class
    {
        _values[(kind.Name, subject)] = value;
        _writes.Add(store => store.WriteAsync(new Observation<T>(kind.Name, subject, CompliantTransport.Now, TimeSpan.Zero, value, null), CancellationToken.None));
        return this;
    }

    public FakeSource SetUnavailable<T>(ObservationKind<T> kind, string subject, UnavailableCause cause, string reason)
        where T : class
    {
        _values[(kind.Name, subject)] = new UnavailableReason(cause, reason);
        return this;
    }

    public FakeSource WithServerPods(params string[] names) => Set(
        ObservationKinds.Objects,
        Subjects.Release,
        new AdmittedObjects(null, [.. names.Select(Pod)], [Declaring(names.Length)], [], [], [], [], [], [], [], [], [], []));

    public async Task WriteAsync(EvidenceStore store)
    {
        foreach (var write in _writes)
        {
            await write(store);
        }
    }

    public Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = _values.GetValueOrDefault((kind.Name, subject), new UnavailableReason(UnavailableCause.NotRecorded, "not set"));
        return Task.FromResult(new Observation<T>(kind.Name, subject, CompliantTransport.Now, TimeSpan.Zero, found as T, found as UnavailableReason));
    }

    private static V1StatefulSet Declaring(int replicas) => new()
    {
        Metadata = new V1ObjectMeta { Name = "vault" },
        Spec = new V1StatefulSetSpec
        {
            Replicas = replicas,
            ServiceName = "vault-internal",
            Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["component"] = "server" } },
            Template = new V1PodTemplateSpec(),
        },
    };

    private static V1Pod Pod(string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["component"] = "server" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "vault" }] },
    };
}
