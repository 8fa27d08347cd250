using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Everything observed in one pod; a fact set to null is unavailable.</summary>
internal sealed class PodEvidence
{
    public required V1Pod Admitted { get; init; }

    public V1Container Container => Admitted.Spec.Containers[0];

    public ProcessTable? Processes { get; set; }

    public Dictionary<string, ProcessTable> Sidecars { get; } = [];

    public MountTable? Mounts { get; set; }

    public WriteAttempts? WriteAttempts { get; set; }

    public CoreSettings? CoreSettings { get; set; }

    public MemoryConfinement? Memory { get; set; }

    public FileFacts? Files { get; set; }

    public PreStopFacts? PreStop { get; set; }

    public VaultServerState? VaultState { get; set; }

    public ServerLogFacts? Log { get; set; }

    public CertificateReloadFacts? Reload { get; set; }

    public ListeningSockets? Sockets { get; set; } = CompliantTransport.Sockets();

    public ListenerFacts? Listeners { get; set; } = CompliantTransport.Listeners(CompliantTransport.Certificate);

    public EndpointFacts? Endpoints { get; set; } = CompliantApi.Endpoints;

    public void ChangeEndpoint(PortPurpose purpose, Func<ListenerEndpoint, ListenerEndpoint> change) =>
        Listeners = Listeners! with { Endpoints = [.. Listeners.Endpoints.Select(endpoint => endpoint.Purpose == purpose ? change(endpoint) : endpoint)] };

    public void ChangeHandshake(PortPurpose purpose, TlsVersion version, Func<TlsHandshake, TlsHandshake> change) => ChangeEndpoint(purpose, endpoint => endpoint with
    {
        Handshakes = [.. endpoint.Handshakes.Select(handshake => handshake.Offered == version ? change(handshake) : handshake)],
    });

    /// <summary>Changes a setting of the loaded listener.</summary>
    public void ChangeListener(string name, JsonNode? value)
    {
        var config = (JsonObject)VaultState!.SanitizedConfig!.DeepClone();
        config["listeners"]![0]!["config"]![name] = value;
        VaultState = VaultState with { SanitizedConfig = config };
    }

    public void ChangeVariable(string name, string value)
    {
        Container.Env = [.. Container.Env.Where(variable => variable.Name != name), new V1EnvVar { Name = name, Value = value }];
    }

    public void ChangeVault(Func<ProcessFacts, ProcessFacts> change) => Change(process => process.Comm is "vault" or "bao", change);

    public void ChangeInit(Func<ProcessFacts, ProcessFacts> change) => Change(process => process.Pid == 1, change);

    public void ChangeMount(string path, Func<MountFacts, MountFacts> change) =>
        Mounts = new MountTable([.. Mounts!.Mounts.Select(mount => mount.MountPoint == path ? change(mount) : mount)]);

    public void ChangeFile(string path, Func<FileEntry, FileEntry> change) =>
        Files = Files! with { Files = [.. Files.Files.Select(file => file.Path == path ? change(file) : file)] };

    public void ChangeAttempt(string path, WriteResult result) =>
        WriteAttempts = new WriteAttempts([.. WriteAttempts!.Attempts.Select(attempt => attempt.Directory == path ? attempt with { Result = result } : attempt)]);

    public void ChangeConfig(string text) => Files = Files! with { LoadedConfig = [Files.LoadedConfig[0] with { Text = text }] };

    public void AddTo(FakeSource source)
    {
        Add(source, ObservationKinds.Processes, Processes);
        Add(source, ObservationKinds.Mounts, Mounts);
        Add(source, ObservationKinds.WriteAttempts, WriteAttempts);
        Add(source, ObservationKinds.CoreSettings, CoreSettings);
        Add(source, ObservationKinds.Memory, Memory);
        Add(source, ObservationKinds.Files, Files);
        Add(source, ObservationKinds.PreStop, PreStop);
        Add(source, ObservationKinds.VaultState, VaultState);
        Add(source, ObservationKinds.ServerLog, Log);
        Add(source, ObservationKinds.CertificateReload, Reload);
        Add(source, ObservationKinds.Sockets, Sockets);
        Add(source, ObservationKinds.Listeners, Listeners);
        Add(source, ObservationKinds.Endpoints, Endpoints);
        foreach (var (name, table) in Sidecars)
        {
            source.Set(ObservationKinds.Processes, Subjects.FromContainer(Admitted.Metadata.Name, name), table);
        }
    }

    private void Add<T>(FakeSource source, ObservationKind<T> kind, T? fact)
        where T : class
    {
        if (fact is not null)
        {
            source.Set(kind, Subjects.FromPod(Admitted.Metadata.Name), fact);
        }
    }

    private void Change(Func<ProcessFacts, bool> which, Func<ProcessFacts, ProcessFacts> change) =>
        Processes = Processes! with { Processes = [.. Processes.Processes.Select(process => which(process) ? change(process) : process)] };
}
