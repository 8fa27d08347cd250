using System.Collections.Concurrent;
using System.Text.Json;
using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Answers observations from memory; whatever was not set is unavailable.</summary>
internal sealed class FakeSource : IObservationSource
{
    private readonly ConcurrentDictionary<(string Kind, string Subject), object> _values = new();
    private readonly List<Func<EvidenceStore, Task>> _writes = [];
    private readonly Dictionary<string, Func<string>> _texts = [];

    public FakeSource Set<T>(ObservationKind<T> kind, string subject, T value)
        where T : class
    {
        _values[(kind.Name, subject)] = value;
        var observation = new Observation<T>(kind.Name, subject, CompliantTransport.Now, TimeSpan.Zero, value, null);
        _writes.Add(store => store.WriteAsync(observation, CancellationToken.None));
        _texts[EvidenceReader.BuildPartPath(kind.Name, subject, ObservationStage.Only)] = () => JsonSerializer.Serialize(observation, EvidenceJson.Options);
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

    /// <summary>What <see cref="WriteAsync"/> writes, in memory.</summary>
    public IReadOnlyDictionary<string, string> ToTexts() => _texts.ToDictionary(pair => pair.Key, pair => pair.Value());

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
