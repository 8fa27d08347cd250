using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>Whether audit logs give away what they should only prove.</summary>
internal static class AuditSecrecy
{
    /// <summary>Judges the devices; there is at least one.</summary>
    /// <param name="audit">The devices.</param>
    public static IEnumerable<Judgement> Judge(AuditFacts audit) =>
    [
        .. audit.Devices.SelectMany(JudgeOne),
        .. audit.Devices.Any(device => device.Trace is not null)
            ? []
            : new[] { Judgement.Unknown("entry of a request whose value is known", "found", "no device could be looked into") },
    ];

    private static IEnumerable<Judgement> JudgeOne(AuditDevice device)
    {
        var name = $"audit device {device.Path}";
        yield return Judgement.Of($"log_raw of {name}", !IsOn(device, "log_raw"), "off", IsOn(device, "log_raw") ? "on" : "off")
            .Saying($"Audit device {device.Path} writes secrets as they are (log_raw).");
        var open = device.Options.GetValueOrDefault("hmac_accessor") is "false" or "0";
        yield return Judgement.Of($"hmac_accessor of {name}", !open, "on", open ? "off" : "on")
            .Saying($"Audit device {device.Path} writes token accessors as they are (hmac_accessor = false).");
        yield return JudgeValue(device, name);
        if (device.Destination.StartsWith('/'))
        {
            yield return JudgeMode(device, name);
        }
    }

    private static Judgement JudgeValue(AuditDevice device, string name)
    {
        var (fact, expected) = ($"value of a marked request in the log of {name}", "only its digest");
        return device switch
        {
            { Destination.Length: 0 } => Judgement.Irrelevant(fact, device.TraceProblem ?? "its entries leave the pod"),
            { Trace: null } => Judgement.Unknown(fact, expected, device.TraceProblem ?? "it was not looked for"),
            { Trace.Plain: true } => Judgement.Of(fact, false, expected, "the value itself")
                .Saying($"The log of audit device {device.Path} holds values as they were sent."),
            { Trace.Hashed: true } => Judgement.Of(fact, true, expected, expected),
            _ => Judgement.Unknown(fact, expected, "the request was not found"),
        };
    }

    private static Judgement JudgeMode(AuditDevice device, string name)
    {
        var (fact, expected) = ($"mode of the file of {name}", "closed to others");
        return device.File?.Mode is { Length: > 0 } mode
            ? Judgement.Of(fact, mode[^1] == '0', expected, mode)
                .Saying($"Everybody in the container can read the log of audit device {device.Path} (mode {mode}).")
            : Judgement.Unknown(fact, expected, device.FileProblem ?? "the container does not show it");
    }

    private static bool IsOn(AuditDevice device, string option) => device.Options.GetValueOrDefault(option) is "true" or "1";
}
