using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Tests.Support;

internal static class SampleReports
{
    public static ConformanceReport Of(Outcome outcome) => Of(Result("CORE-1", outcome));

    public static ControlResult Result(string id, Outcome outcome, Requirement level = Requirement.Must, params Finding[] findings) => new(
        new ControlDescriptor(ControlId.Parse(id), 1, level, $"Title of {id}", $"Source of {id}", $"Remediation of {id}.", Disruptive: false),
        level,
        null,
        outcome,
        outcome == Outcome.Passed ? string.Empty : $"Reason of {id}.",
        findings,
        TimeSpan.FromMilliseconds(120));

    public static ConformanceReport Of(params ControlResult[] results) => new(
        "r1",
        "vault-conformance 0.1.0",
        TestApp.Now,
        TestApp.Now.AddSeconds(40),
        "baseline@1.0",
        [],
        [new SubjectFact("Chart", "vault 0.34.1")],
        [new PhaseDuration("cluster", TimeSpan.FromSeconds(31.24)), new PhaseDuration("controls", TimeSpan.FromSeconds(2.5))],
        [.. results.Select(result => result.Control.Id)],
        results,
        null);

    public static ConformanceReport Mixed() => Of(
        Result("CORE-1", Outcome.Failed, Requirement.Must,
            new Finding("vault-0", "soft core limit", "0", "unlimited", Outcome.Failed),
            new Finding("vault-0", "hard core limit", "0", "unlimited", Outcome.Failed),
            new Finding("vault-1", "soft core limit", "0", "0", Outcome.Passed)),
        Result("FS-1", Outcome.Passed, Requirement.Must,
            new Finding("vault-0", "write to /", "refused by EROFS", "refused by EROFS", Outcome.Passed),
            new Finding("vault-1", "write to /", "refused by EROFS", "refused by EROFS", Outcome.Passed)),
        Result("MEM-3", Outcome.NotApplicable),
        Result("PROC-1", Outcome.Failed, Requirement.Should, new Finding("vault-0", "PID 1", "vault", "sh \u001b[31m-c | x", Outcome.Failed))
            with { LevelReason = "chart-inherent: the start script does not exec" },
        Result("TLS-1", Outcome.Inconclusive)) with
        {
            Notices = ["A stand-in was tested, not HashiCorp Vault."],
            Planned = [.. new[] { "CORE-1", "FS-1", "MEM-3", "PROC-1", "TLS-1", "TLS-2" }.Select(ControlId.Parse)],
        };
}
