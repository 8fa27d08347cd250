using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>Whether requests are audited: a device is there, takes what it is sent, and keeps it.</summary>
/// <param name="audit">The devices.</param>
/// <param name="pod">Pod of the server that was asked.</param>
/// <param name="container">Its container.</param>
internal sealed class AuditDevices(AuditFacts audit, V1Pod pod, V1Container container)
{
    private const string AllRequests = "every request";

    /// <summary>Judges the devices.</summary>
    public IEnumerable<Judgement> Judge() =>
    [
        Judgement.Of("audit devices", audit.Devices.Count > 0, "at least one", audit.Devices.Count == 0 ? "none" : List())
            .Saying("No audit device is enabled: nobody can find out who read what."),
        .. audit.Devices.Count == 0 ? [] : JudgeKinds(),
        .. audit.Devices.SelectMany(JudgeOne),
    ];

    private IEnumerable<Judgement> JudgeKinds()
    {
        var kinds = audit.Devices
            .Select(device => AuditSink.Of(device, pod, container).Kind)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        yield return Judgement.Of("different places that audit devices write to", kinds.Count > 1, "at least two", string.Join(", ", kinds))
            .Saying("All audit devices write to one place: when it fails, Vault answers no request any more.").AsRecommendation();
        if (audit.Devices.All(device => device.Trace is null && device.Destination.Length == 0))
        {
            yield return Judgement.Unknown("marked request in the audit log", "found", "every device sends its entries out of the pod");
        }
    }

    private IEnumerable<Judgement> JudgeOne(AuditDevice device)
    {
        var name = $"audit device {device.Path}";
        var sink = AuditSink.Of(device, pod, container);
        if (sink.Kind is null)
        {
            yield return Judgement.Unknown($"type of {name}", "file, socket or syslog", device.Type);
            yield break;
        }

        yield return Judgement.Of($"what {name} keeps", sink.Problem is null, "entries that last", sink.Problem ?? sink.Kind)
            .Saying($"What audit device {device.Path} writes does not last: {sink.Problem}.");
        yield return JudgeTrace(device, name);
        yield return JudgeScope(device, name);
        foreach (var judgement in JudgeFile(device, name))
        {
            yield return judgement;
        }
    }

    private static Judgement JudgeTrace(AuditDevice device, string name)
    {
        var fact = $"marked request in the log of {name}";
        return device switch
        {
            { Destination.Length: 0 } => Judgement.Irrelevant(fact, device.TraceProblem ?? "its entries leave the pod"),
            { Trace: null } => Judgement.Unknown(fact, "found", device.TraceProblem ?? "it was not looked for"),
            { Trace: var trace } => Judgement.Of(fact, trace.IsFound, "found", trace.IsFound ? "found" : "not found")
                .Saying($"Audit device {device.Path} is enabled and did not record a request that was made for it."),
        };
    }

    // Enterprise editions can limit a device to a part of the requests.
    private static Judgement JudgeScope(AuditDevice device, string name) =>
        device.Options.FirstOrDefault(option => option.Key is "filter" or "exclude" && option.Value.Length > 0)
            is { Key: { } key, Value: var value }
            ? Judgement.Unknown($"requests that {name} records", AllRequests, $"a part of them ({key} {value})")
            : Judgement.Of($"requests that {name} records", true, AllRequests, AllRequests);

    private static IEnumerable<Judgement> JudgeFile(AuditDevice device, string name)
    {
        if (device.Options.GetValueOrDefault("prefix") is { Length: > 0 } prefix)
        {
            yield return Judgement.Advised($"prefix of {name}", false, "none", $"'{prefix}', so that its lines are not JSON");
        }

        if (device.Options.GetValueOrDefault("mode") is { Length: > 0 } mode)
        {
            var execute = mode.Any(digit => digit is '1' or '3' or '5' or '7');
            yield return Judgement.Of($"mode of {name}", !execute, "not executable", mode)
                .Saying($"The file of audit device {device.Path} is executable (mode {mode}): newer servers do not unseal with it.");
        }
    }

    private string List() => string.Join(", ", audit.Devices.Select(device => $"{device.Path} ({device.Type})"));
}
