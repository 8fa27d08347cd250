using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Probes;

/// <summary>The probes that change nothing: what containers show from inside, admitted objects, cluster facts, server logs.</summary>
public static class PassiveProbes
{
    /// <summary>Adds all of them.</summary>
    /// <param name="probes">Where to.</param>
    /// <param name="context">The live system.</param>
    public static ProbeSet AddTo(ProbeSet probes, ProbeContext context)
    {
        var dumps = new PassiveDumps(context);
        var objects = new AdmittedObjectsReader(context.Client, context.Redactor);
        return probes
            .Add(new PodDumpProbe<ProcessTable>(ObservationKinds.Processes, dumps, dump => ProcessTableParser.Parse(dump, context.Redactor.Redact)))
            .Add(new PodDumpProbe<MountTable>(ObservationKinds.Mounts, dumps, MountTableParser.Parse))
            .Add(new PodDumpProbe<WriteAttempts>(ObservationKinds.WriteAttempts, dumps, WriteAttemptsParser.Parse))
            .Add(new PodDumpProbe<CoreSettings>(ObservationKinds.CoreSettings, dumps, MemoryParser.Core))
            .Add(new PodDumpProbe<MemoryConfinement>(ObservationKinds.Memory, dumps, MemoryParser.Confinement))
            .Add(new PodDumpProbe<ListeningSockets>(ObservationKinds.Sockets, dumps, ListeningSocketsParser.Parse))
            .Add(new PodDumpProbe<FileFacts>(ObservationKinds.Files, dumps, FileFactsParser.Parse))
            .Add(ObservationKinds.PreStop, async (subject, cancellationToken) => PreStopParser.Parse(
                await dumps.OfAsync(subject, cancellationToken),
                PreStopParser.Command(await dumps.ServerContainerAsync(subject, cancellationToken))))
            .Add(ObservationKinds.Objects, (_, cancellationToken) => objects.ReadAsync(context.Namespace, cancellationToken))
            .Add(new ClusterFactsProbe(context))
            .Add(new ServerLogProbe(context))
            .Add(new ContainerLogsProbe(context));
    }
}
