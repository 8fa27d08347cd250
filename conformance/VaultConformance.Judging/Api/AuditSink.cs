using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Api;

/// <summary>Where an audit device leads to, so that two of them are told apart by what can stop them together.</summary>
/// <param name="Kind">For example <c>standard output</c>, <c>volume audit</c> or <c>socket</c>; null for a type that nobody knows.</param>
/// <param name="Problem">Why entries do not last there; null when they do.</param>
internal sealed record AuditSink(string? Kind, string? Problem)
{
    private static readonly string[] Nowhere = ["discard", "/dev/null"];

    /// <summary>The sink of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="pod">Pod of the server that writes.</param>
    /// <param name="container">Its container.</param>
    public static AuditSink Of(AuditDevice device, V1Pod pod, V1Container container) => device switch
    {
        { Type: "socket" or "syslog" } => new AuditSink(device.Type, null),
        { Type: not AuditDevice.FileType } => new AuditSink(null, null),
        { Destination: AuditDevice.StandardOutput } => new AuditSink("standard output", null),
        { Destination: var path } when Nowhere.Contains(path) || path.Length == 0 => new AuditSink("nowhere", "keeps no entry"),
        { Destination: var path } => OfFile(path, pod, container),
    };

    private static AuditSink OfFile(string path, V1Pod pod, V1Container container)
    {
        var mount = container.MountHolding(path);
        var volume = mount is null ? null : pod.FindVolume(mount.Name);
        return volume switch
        {
            null => new AuditSink("file of the container", "its file is on no volume and goes with the container"),
            { PersistentVolumeClaim: not null } or { Ephemeral: not null } => new AuditSink($"volume {volume.Name}", null),
            _ => new AuditSink($"volume {volume.Name}", $"its file is on volume {volume.Name}, which goes with the pod"),
        };
    }
}
