using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Tests;

internal static class SampleReports
{
    public const string StandIn = "A stand-in was tested, not HashiCorp Vault: this result says nothing about a real release.";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static ControlDescriptor Control(string id, Requirement level = Requirement.Must) => new(
        ControlId.Parse(id), 1, level, $"Title of {id}.", $"Source of {id}", $"Remediation of {id}", Disruptive: false);

    public static ControlResult Result(string id, Outcome outcome, Requirement level = Requirement.Must, params Finding[] findings) => new(
        Control(id, level), level, null, outcome, outcome == Outcome.Passed ? string.Empty : $"Reason of {id}.", findings, TimeSpan.FromMilliseconds(120));

    public static ConformanceReport Of(params ControlResult[] results) => new(
        "r7f3",
        "vault-conformance 0.1.0",
        Start,
        Start.AddSeconds(48.3),
        "baseline@1.0",
        [],
        [new SubjectFact("Chart", "vault 0.34.1"), new SubjectFact("Vault", "2.0.4")],
        [new PhaseDuration("cluster", TimeSpan.FromSeconds(31.25)), new PhaseDuration("controls", TimeSpan.FromSeconds(2.5))],
        [.. results.Select(result => result.Control.Id)],
        results,
        null);

    public static ConformanceReport Mixed() => Of(
        Result("CORE-1", Outcome.Failed, Requirement.Must,
            new Finding("vault-0", "core file size limit", "0 (soft and hard)", "unlimited", Outcome.Failed) { Evidence = ["observations/pod/vault-0/processes.json", "observations/release/objects.json"] },
            new Finding("vault-1", "core file size limit", "0 (soft and hard)", "0", Outcome.Passed))
            with
            {
                Excerpt = new EvidenceExcerpt(
                    [
                        new EvidenceLine("observations/pod/vault-0/processes.json", "processes[7].limits.coreFileSize", """{"soft":0,"hard":null}"""),
                        new EvidenceLine("observations/release/objects.json", "pods[vault-0].spec.containers[vault].image", "\"vault:1.20\""),
                    ],
                    3),
            },
        Result("CORE-5", Outcome.Inconclusive, Requirement.Must),
        Result("ID-1", Outcome.Passed, Requirement.Must, new Finding("vault-0", "UID", "not 0", "100", Outcome.Passed)),
        Result("MEM-3", Outcome.NotApplicable),
        Result("PROC-1", Outcome.Failed, Requirement.Should, new Finding("vault-0", "PID 1", "vault", "sh", Outcome.Failed))
            with { LevelReason = "chart-inherent: the start script does not exec" },
        Result("TLS-1", Outcome.Waived) with
        {
            Waiver = Waiver("TLS-1"), Reason = "Reason of TLS-1. Accepted by security until 2026-06-30 (waiver accepted-TLS-1): Not before the move.",
        }) with
        {
            Notices = [StandIn],
            Waivers =
            [
                new WaiverStatus(Waiver("TLS-1"), WaiverState.Used, "TLS-1 failed and is waived until 2026-06-30."),
                new WaiverStatus(Waiver("ID-1", null), WaiverState.Unused, "ID-1 passed. Too broad: it names no range of chart versions.")
                {
                    TooBroad = ["it names no range of chart versions"],
                },
            ],
            Planned = [.. new[] { "CORE-1", "CORE-5", "ID-1", "MEM-3", "PROC-1", "TLS-1", "TLS-2" }.Select(ControlId.Parse)],
        };

    private static Waiver Waiver(string control, string? chart = ">=0.30.0 <0.36.0") => new(
        $"accepted-{control}", ControlId.Parse(control), new WaiverScope(chart, null, null), "Not before the move.", "ops", "security", new DateOnly(2026, 6, 30), "https://example.org/1");

    /// <summary>A report where every text that can come from a tested system is the given one.</summary>
    public static ConformanceReport Hostile(string text) => Of(
        new ControlResult(
            Control("CORE-1") with { Title = text, Source = text, Remediation = text },
            Requirement.Must, text, Outcome.Failed, "x" + text, [new Finding(text, text, text, text, Outcome.Failed)], TimeSpan.Zero)
        {
            Excerpt = new EvidenceExcerpt([new EvidenceLine(text, text, text)], 1),
        }) with
            {
                RunId = "r" + text,
                Notices = [text],
                Subject = [new SubjectFact(text, text)],
                Phases = [new PhaseDuration(text, TimeSpan.Zero)],
                Waivers =
                [
                    new WaiverStatus(
                        new Waiver("w" + text, ControlId.Parse("CORE-1"), new WaiverScope(text, text, text), "x" + text, "x" + text, "x" + text, new DateOnly(2026, 6, 30), text),
                        WaiverState.Used,
                        "x" + text),
                ],
                Problem = text,
            };
}
