using System.Globalization;
using k8s;
using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Objects;

namespace VaultConformance.Harness.Probes.Network.Reload;

/// <summary>One pod whose server is to reload its certificate.</summary>
/// <param name="context">The live system.</param>
/// <param name="pod">The pod as admitted.</param>
/// <param name="certificatePaths">Paths of all certificates of listeners in the server container.</param>
/// <param name="server">The server process as observed.</param>
internal sealed class ReloadTarget(ProbeContext context, ServerPod pod, IReadOnlyList<string> certificatePaths, ProcessFacts server)
{
    private const string ResyncAnnotation = "vaultconformance.dev/resync";

    /// <summary>Pod name.</summary>
    public string Name => pod.Name;

    /// <summary>Why the mounted file can never change; null when it can.</summary>
    public string? NeverUpdated =>
        certificatePaths.FirstOrDefault(path => (pod.Container.VolumeMounts ?? []).Any(mount => IsFrozen(mount, path))) is { } frozen
            ? $"'{frozen}' is mounted by subPath, and the kubelet never updates such a mount"
            : null;

    /// <summary>Gathers what is needed from other observations.</summary>
    /// <exception cref="ObservationUnavailableException">Something is missing.</exception>
    public static async Task<ReloadTarget> FindAsync(ProbeContext context, string subject, CancellationToken cancellationToken)
    {
        var objects = await context.ObserveObjectsAsync(cancellationToken);
        var pod = objects.ServerPods
            .Select(candidate => new ServerPod(context.Source(), candidate))
            .FirstOrDefault(candidate => Subjects.FromPod(candidate.Name) == subject)
            ?? throw CreateUnavailable(subject, "there was no such server pod when the objects of the namespace were read");
        var files = await pod.ObserveAsync(ObservationKinds.Files, cancellationToken);
        var certificates =
            files.Files.Where(file => file is { Purpose: "tls-certificate", Exists: true }).Select(file => file.Path).Distinct().ToList();
        if (certificates.Count == 0)
        {
            throw CreateUnavailable(subject, "the server has no certificate file");
        }

        var servers = (await pod.ObserveProcessesAsync(cancellationToken)).VaultServers;
        return servers.Count > 0
            ? new ReloadTarget(context, pod, certificates, servers[0])
            : throw CreateUnavailable(subject, "the server process was not seen");
    }

    /// <summary>Makes the kubelet look at the pod, and with it at the Secret, at once instead of within a minute or two.</summary>
    public Task ResyncAsync(CancellationToken cancellationToken)
    {
        var moment = context.TimeProvider.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var annotated =
            new V1Pod { Metadata = new V1ObjectMeta { Annotations = new Dictionary<string, string> { [ResyncAnnotation] = moment } } };
        var patch = new V1Patch(annotated, V1Patch.PatchType.MergePatch);
        return context.Client.CoreV1.PatchNamespacedPodAsync(patch, Name, context.Namespace, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// SHA-256 of the first certificate in a mounted file that is not the wanted one, or the wanted one when all files hold it; null when
    /// one cannot be read.
    /// </summary>
    public async Task<string?> FindMountedAsync(string wanted, CancellationToken cancellationToken)
    {
        foreach (var path in certificatePaths)
        {
            var result = await context.Executor.ExecuteAsync(new ExecRequest(Container, ["cat", path], default), cancellationToken);
            var mounted = result.ExitCode == 0 ? FirstCertificate.ComputeSha256(result.Output) : null;
            if (mounted != wanted)
            {
                return mounted;
            }
        }

        return wanted;
    }

    /// <summary>Sends SIGHUP to the server, unless another process has its number by now.</summary>
    /// <returns>False when the server is not the process that was observed.</returns>
    public async Task<bool> HangUpAsync(CancellationToken cancellationToken) =>
        await IsSameAsync(cancellationToken)
        && (await RunScriptAsync($"kill -HUP {server.Pid}", cancellationToken)).ExitCode == 0;

    /// <summary>True when the server is still the process that was observed.</summary>
    public async Task<bool> IsSameAsync(CancellationToken cancellationToken)
    {
        var stat = await RunScriptAsync($"cat /proc/{server.Pid}/stat", cancellationToken);
        return stat.ExitCode == 0 && server.StartTime is { } observed && StartTime(stat.Output) == observed;
    }

    /// <summary>Restart count of the server container now.</summary>
    public async Task<int> CountRestartsAsync(CancellationToken cancellationToken)
    {
        var current = await context.Client.CoreV1.ReadNamespacedPodAsync(Name, context.Namespace, cancellationToken: cancellationToken);
        return current.Status?.ContainerStatuses?.FirstOrDefault(status => status.Name == pod.Container.Name)?.RestartCount ?? 0;
    }

    /// <summary>The newest log line that announces a reload, no older than the given age.</summary>
    public async Task<string?> ReloadLineAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var log = await context.Client.CoreV1.ReadNamespacedPodLogAsync(
            Name,
            context.Namespace,
            container: pod.Container.Name,
            sinceSeconds: (int)Math.Ceiling(age.TotalSeconds) + 1,
            cancellationToken: cancellationToken);
        using var reader = new StreamReader(log);
        var lines = (await reader.ReadToEndAsync(cancellationToken)).Split('\n');
        return lines.LastOrDefault(line => line.Contains("reload triggered", StringComparison.OrdinalIgnoreCase))?.Trim();
    }

    private PodContainer Container => new(context.Namespace, Name, pod.Container.Name);

    /// <summary>Field 22; the name in field 2 may hold blanks and brackets, so count from the last bracket.</summary>
    private static long? StartTime(string stat) =>
        stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 19 } fields
        && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? ticks
            : null;

    private static ObservationUnavailableException CreateUnavailable(string subject, string reason) =>
        new(ObservationKinds.CertificateReload.Name, subject, new UnavailableReason(UnavailableCause.Failed, reason));

    private static bool IsFrozen(V1VolumeMount mount, string path) =>
        (mount.SubPath ?? mount.SubPathExpr) is { Length: > 0 }
        && (path == mount.MountPath || path.StartsWith(mount.MountPath.TrimEnd('/') + "/", StringComparison.Ordinal));

    private Task<ExecResult> RunScriptAsync(string script, CancellationToken cancellationToken) =>
        context.Executor.ExecuteAsync(ExecRequest.FromScript(Container, script), cancellationToken);
}
