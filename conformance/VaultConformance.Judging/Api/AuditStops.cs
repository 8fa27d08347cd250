using System.Globalization;
using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>Whether auditing can stop the server: it answers no request that no device could record.</summary>
/// <param name="audit">The devices.</param>
/// <param name="pod">Pod of the server that was asked.</param>
/// <param name="container">Its container.</param>
internal sealed class AuditStops(AuditFacts audit, V1Pod pod, V1Container container)
{
    private const int LeastPercent = 10;

    /// <summary>Judges the devices; there is at least one.</summary>
    public IEnumerable<Judgement> Judge()
    {
        var sinks = audit.Devices.Select(device => (Device: device, Sink: AuditSink.Of(device, pod, container))).ToList();
        foreach (var (device, _) in sinks.Where(item => item.Sink.Kind is null))
        {
            yield return Judgement.Unknown($"where audit device {device.Path} writes", "known", $"its type '{device.Type}' is not known");
        }

        var kinds = sinks.Select(item => item.Sink.Kind).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        yield return Judgement.Of("different places that audit devices write to", kinds.Count > 1, "at least two", string.Join(", ", kinds))
            .Saying($"Everything is audited to one place ({string.Join(", ", kinds)}). When it is full or gone, Vault answers no request "
                + "any more.");
        foreach (var (device, sink) in sinks.Where(item => IsOnVolume(item.Device)))
        {
            yield return JudgeSpace(device, sink);
        }
    }

    private static bool IsOnVolume(AuditDevice device) => device.Destination.StartsWith('/') && device.Destination != "/dev/null";

    private static Judgement JudgeSpace(AuditDevice device, AuditSink sink)
    {
        var fact = $"free space for audit device {device.Path}";
        var expected = string.Create(CultureInfo.InvariantCulture, $"at least {LeastPercent} %");
        if (device.File is not { TotalKib: > 0 and var total, FreeKib: { } free })
        {
            return Judgement.Unknown(fact, expected, device.FileProblem ?? "the container does not show it");
        }

        var percent = free * 100 / total;
        var actual = string.Create(CultureInfo.InvariantCulture, $"{percent} % of {total / 1024} MiB ({sink.Kind})");
        return Judgement.Of(fact, percent >= LeastPercent, expected, actual)
            .Saying($"The file system of audit device {device.Path} is nearly full: {actual} free.");
    }
}
