using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Browser.Tests.Support;

/// <summary>A report as a real run makes it: the real controls with their pages, three pods, every outcome.</summary>
internal static class SampleReport
{
    public const string HostileText =
        "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>\"'><a href=\"https://evil.example/\">&lt;b&gt;";

    private static readonly string[] Pods = ["vault-0", "vault-1", "vault-2"];
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 30, 0, TimeSpan.Zero);

    /// <summary>The report.</summary>
    public static ConformanceReport Create()
    {
        List<ControlDescriptor> controls = [.. ControlCatalogue.BuiltIn.Controls];
        return new ConformanceReport(
            "r7f3c9",
            "vault-conformance 0.1.0",
            Start,
            Start.AddSeconds(142.7),
            "baseline@1.0",
            ["A stand-in was tested, not HashiCorp Vault: this result says nothing about a real release."],
            SampleSubject.Facts,
            SampleSubject.Phases,
            [.. controls.Select(control => control.Id)],
            [.. controls.Where(control => control.Id.ToString() != "TLS-7").Select(Result)],
            null) { StandIn = true, ValuesFiles = ["deploy/values.yaml"], Digests = SampleSubject.Digests, Waivers = [SampleSubject.Waived, SampleSubject.Expired] };
    }

    /// <summary>The report where everything that can come from a tested system is the given text.</summary>
    /// <param name="text">The text.</param>
    public static ConformanceReport Hostile(string text) => Create() with
    {
        RunId = text,
        Tool = text,
        Profile = text,
        Problem = text,
        Notices = [text],
        Subject = [new SubjectFact(text, text)],
        Digests = [new SubjectDigest(SubjectKind.Values, text, text)],
        Phases = [new PhaseDuration(text, TimeSpan.FromSeconds(1))],
        Waivers = [SampleSubject.Waived with { Message = text }],
        Results = [.. Create().Results.Select(result => Spoil(result, text))],
    };

    private static ControlResult Spoil(ControlResult result, string text) => result with
    {
        Control = result.Control with { Title = text, Source = text, Remediation = text, Guide = new ControlGuide(text, [new GuideSnippet(text, text)]) },
        Reason = text,
        LevelReason = text,
        Findings = [new Finding(text, text, text, text + new string('y', 500), Outcome.Failed)],
        Declared = [new DeclaredValue(text, text, 1, text)],
        Excerpt = new EvidenceExcerpt([new EvidenceLine(text, text, text + new string('z', 500))], 7),
        Waiver = SampleSubject.Waived.Waiver with
        {
            Reason = text,
            Owner = text,
            ApprovedBy = text,
            Link = "javascript:alert(1)",
            Scope = new WaiverScope(text, text, text),
        },
    };

    private static ControlResult Result(ControlDescriptor control) => control.Id.ToString() switch
    {
        "CORE-1" => Deviating(
            control, Outcome.Failed, "vault-2: hard core file size limit: unlimited (expected 0)",
            [.. Same("soft core file size limit", "0", "0"), .. HardLimits]),
        "CORE-2" => Deviating(
            control, Outcome.Failed, "vault-0, vault-1, vault-2: PID 1: 0/unlimited (expected 0/0)",
            Same("core limit of PID 1", "0/0", "0/unlimited", Outcome.Failed)),
        "CORE-5" => Deviating(
            control, Outcome.Inconclusive, "vault-0: the crash canary ended with exit code 2, expected 134",
            Same("exit code of the canary", "134", "2", Outcome.Inconclusive)),
        "FS-1" => WritableRoot(control),
        "FS-2" => Deviating(
            control, Outcome.Failed, "vault-0: directories that Vault can write: also /vault/file (expected at most /vault/data)",
            Same("directories that Vault can write", "at most /vault/data", "also /vault/file", Outcome.Failed))
            with { Summary = "Vault can also write to /vault/file (vault-0, vault-1, vault-2).", Cause = FailureCause.WritableRoot },
        "TLS-1" => Deviating(
            control, Outcome.Inconclusive, "service/vault:8200: answer to plaintext: no answer within the time limit of the probe",
            [.. Same("answer of port 8200 to plaintext", "a refusal", "a refusal"), .. Services]) with { Open = [OpenCause.OutOfTime] },
        "FS-5" => Deviating(control, Outcome.NotApplicable, "no audit device writes to a file", []),
        "MEM-4" => Deviating(
            control, Outcome.Waived, "vault-0: memory limit: not set (expected equal to the request)",
            Same("memory limit", "equal to the request (256Mi)", "not set", Outcome.Failed)) with { Waiver = SampleSubject.Waived.Waiver },
        "PROC-1" => Deviating(
            control, Outcome.Failed, "vault-0: PID 1 is sh (/bin/sh -ec) (tolerated: PROC-2 and PROC-3 show a clean shutdown)",
            Same("PID 1", "vault, or an init that forwards signals", "sh (/bin/sh -ec)", Outcome.Failed))
            with { Summary = "PID 1 is sh (/bin/sh -ec), which does not pass signals on to Vault.", Level = Requirement.Should, LevelReason = "chart-inherent: the chart's start script does not exec, and no value changes that" },
        _ => new ControlResult(
            control, control.Level, null, Outcome.Passed, "",
            [.. Same("what was checked", "as required", "as required"), .. Same("servers in the pod", "one", "1")], TimeSpan.FromMilliseconds(38)),
    };

    private static ControlResult WritableRoot(ControlDescriptor control) => Deviating(
        control, Outcome.Failed, "vault-0: mount flags of /: rw,relatime (expected ro); readOnlyRootFilesystem: not set (expected true)",
        [
            .. Same("mount flags of /", "ro", "rw,relatime", Outcome.Failed),
            .. Same("readOnlyRootFilesystem", "true", "not set", Outcome.Failed),
            .. Same("writable directories of the image", "none", Directories, Outcome.Failed)
                .Select(finding => finding with { Evidence = [$"observations/pod/{finding.Subject}/mounts.json"] }),
        ]) with
        {
            Summary = "The root file system is writable. readOnlyRootFilesystem is not set for container vault (vault-0, vault-1, vault-2).",
            Cause = FailureCause.WritableRoot,
            Excerpt = SampleSubject.Excerpt,
            Declared =
            [
                new DeclaredValue("server.statefulSet.securityContext.container", "values.yaml", 41, "{allowPrivilegeEscalation: false}"),
                new DeclaredValue("server.volumes", "values.yaml", 18, "a list"),
            ],
        };

    private static ControlResult Deviating(ControlDescriptor control, Outcome outcome, string reason, Finding[] findings) =>
        new(control, control.Level, null, outcome, reason, findings, TimeSpan.FromMilliseconds(412));

    private static Finding[] HardLimits =>
        [.. Pods.Select(pod => new Finding(pod, "hard core file size limit", "0", pod == "vault-2" ? "unlimited" : "0", pod == "vault-2" ? Outcome.Failed : Outcome.Passed))];

    private static Finding[] Same(string fact, string expected, string actual, Outcome outcome = Outcome.Passed) =>
        [.. Pods.Select(pod => new Finding(pod, fact, expected, actual, outcome))];

    // As many ways in as the chart makes for three servers.
    private static Finding[] Services =>
    [
        .. new[] { "service/vault:8200", "service/vault-active:8200", "service/vault-standby:8200", "service/vault-internal:8200", "service/vault-ui:8200", "ingress/vault:443" }
            .Select((name, place) => new Finding(
                name, "answer to plaintext", "a refusal", place == 0 ? "no answer within the time limit of the probe" : "a refusal", place == 0 ? Outcome.Inconclusive : Outcome.Passed)),
    ];

    private static string Directories =>
        string.Join('\n', Enumerable.Range(1, 60).Select(number => $"/usr/share/vault/plugins/v{number} (created and removed a file, owner 100:1000, mode 0755)"));
}
