using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Browser.Tests.Support;

/// <summary>A report as a real run makes it: the real controls with their pages, three pods, every outcome.</summary>
internal static class SampleReport
{
    public const string HostileText = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>\"'><a href=\"https://evil.example/\">&lt;b&gt;";

    private static readonly string[] Pods = ["vault-0", "vault-1", "vault-2"];
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 30, 0, TimeSpan.Zero);

    /// <summary>The report.</summary>
    public static ConformanceReport Create()
    {
        List<ControlDescriptor> controls = [.. ControlCatalogue.BuiltIn.Controls.Select(ControlCatalogue.BuiltIn.Documented)];
        return new ConformanceReport(
            "r7f3c9",
            "vault-conformance 0.1.0",
            Start,
            Start.AddSeconds(142.7),
            "baseline@1.0",
            ["A stand-in was tested, not HashiCorp Vault: this result says nothing about a real release."],
            Facts,
            Phases,
            [.. controls.Select(control => control.Id)],
            [.. controls.Where(control => control.Id.ToString() != "TLS-7").Select(Result)],
            null) { StandIn = true, Digests = Digests, Waivers = [Waived, Expired] };
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
        Waivers = [Waived with { Message = text }],
        Results = [.. Create().Results.Select(result => Spoil(result, text))],
    };

    private static ControlResult Spoil(ControlResult result, string text) => result with
    {
        Control = result.Control with { Title = text, Source = text, Remediation = text, Guide = new ControlGuide(text, [new GuideSnippet(text, text)]) },
        Reason = text,
        LevelReason = text,
        Findings = [new Finding(text, text, text, text + new string('y', 500), Outcome.Failed)],
        Declared = [new DeclaredValue(text, text, 1, text)],
        Waiver = Waived.Waiver with { Reason = text, Owner = text, ApprovedBy = text, Link = "javascript:alert(1)", Scope = new WaiverScope(text, text, text) },
    };

    private static ControlResult Result(ControlDescriptor control) => control.Id.ToString() switch
    {
        "CORE-1" => Deviating(control, Outcome.Failed, "vault-2: hard core file size limit is unlimited, expected 0",
            [.. Same("soft core file size limit", "0", "0"), At("vault-0", "hard core file size limit", "0", "0", Outcome.Passed),
                At("vault-1", "hard core file size limit", "0", "0", Outcome.Passed), At("vault-2", "hard core file size limit", "0", "unlimited", Outcome.Failed)]),
        "CORE-2" => Deviating(control, Outcome.Failed, "vault-0, vault-1, vault-2: PID 1 is 0/unlimited, expected 0/0", Same("core limit of PID 1", "0/0", "0/unlimited", Outcome.Failed)),
        "CORE-5" => Deviating(control, Outcome.Inconclusive, "vault-0: the crash canary ended with exit code 2, expected 134", Same("exit code of the canary", "134", "2", Outcome.Inconclusive)),
        "FS-1" => Deviating(control, Outcome.Failed, "vault-0: mount flags of / are rw,relatime, expected ro; readOnlyRootFilesystem is not set, expected true",
            [.. Same("mount flags of /", "ro", "rw,relatime", Outcome.Failed), .. Same("readOnlyRootFilesystem", "true", "not set", Outcome.Failed), .. Same("writable directories of the image", "none", Directories, Outcome.Failed)])
            with { Declared = [new DeclaredValue("server.statefulSet.securityContext.container", "values.yaml", 41, "{allowPrivilegeEscalation: false}"), new DeclaredValue("server.volumes", "values.yaml", 18, "a list")] },
        "FS-5" => Deviating(control, Outcome.NotApplicable, "no audit device writes to a file", []),
        "MEM-4" => Deviating(control, Outcome.Waived, "vault-0: memory limit is not set, expected equal to the request", Same("memory limit", "equal to the request (256Mi)", "not set", Outcome.Failed))
            with { Waiver = Waived.Waiver },
        "PROC-1" => Deviating(control, Outcome.Failed, "vault-0: PID 1 is sh (/bin/sh -ec) (compensated by PROC-2 and PROC-3)", Same("PID 1", "vault, or an init that forwards signals", "sh (/bin/sh -ec)", Outcome.Failed))
            with { Level = Requirement.Should, LevelReason = "chart-inherent: the chart's start script does not exec, and no value changes that" },
        _ => new ControlResult(control, control.Level, null, Outcome.Passed, "", [.. Same("what was looked at", "as required", "as required"), .. Same("process ids of the server", "one", "1")], TimeSpan.FromMilliseconds(38)),
    };

    private static ControlResult Deviating(ControlDescriptor control, Outcome outcome, string reason, Finding[] findings) =>
        new(control, control.Level, null, outcome, reason, findings, TimeSpan.FromMilliseconds(412));

    private static Finding[] Same(string fact, string expected, string actual, Outcome outcome = Outcome.Passed) => [.. Pods.Select(pod => At(pod, fact, expected, actual, outcome))];

    private static Finding At(string pod, string fact, string expected, string actual, Outcome outcome) => new(pod, fact, expected, actual, outcome);

    private static string Directories => string.Join('\n', Enumerable.Range(1, 60).Select(number => $"/usr/share/vault/plugins/v{number} (created and removed a file, owner 100:1000, mode 0755)"));

    private static SubjectFact[] Facts =>
    [
        new("Release", "vault in namespace vault-r7f3c9, revision 1"),
        new("Chart", "vault 0.34.1"),
        new("Server image", "docker.io/hashicorp/vault:2.0.4"),
        new("Values", "values.yaml, production.yaml"),
        new("Value set by the harness", "server.affinity: one node for three servers"),
        new("Kubernetes", "v1.35.2+k3s1 (K3s, 1 node(s))"),
        new("Node", "k3s-r7f3c9: K3s v1.35.2+k3s1, Linux 6.12.41, containerd://2.1.5-k3s1"),
        new("Helm", "v4.0.3"),
    ];

    private static SubjectDigest[] Digests =>
    [
        new(SubjectKind.Chart, "vault-0.34.1", "5f1d3a0c9be7428f6f0b2ad1c4ce9e5b6a7d8f90123456789abcdef0aa55bb66"),
        new(SubjectKind.Values, "values.yaml", "0b9c6f7d2e1a4358bd6c7f80912a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c"),
        new(SubjectKind.Values, "production.yaml", "9d3e6b1f40c2a7580e9d8c7b6a5f4e3d2c1b0a998877665544332211ffeeddcc"),
        new(SubjectKind.Image, "docker.io/hashicorp/vault:2.0.4", "c1a2b3d4e5f60718293a4b5c6d7e8f900a1b2c3d4e5f60718293a4b5c6d7e8f9"),
    ];

    private static PhaseDuration[] Phases =>
    [
        new("plan", TimeSpan.FromMilliseconds(180)), new("machine", TimeSpan.FromSeconds(4.1)), new("cluster", TimeSpan.FromSeconds(38.4)), new("release", TimeSpan.FromSeconds(21.9)),
        new("bootstrap", TimeSpan.FromSeconds(9.3)), new("controls", TimeSpan.FromSeconds(61.2)), new("removal", TimeSpan.FromSeconds(6.8)),
    ];

    private static WaiverStatus Waived => new(
        new Waiver("memory-bursts", ControlId.Parse("MEM-4"), new WaiverScope(">=0.30.0 <0.36.0", null, "vault-*"), "Memory limits are set by the platform's admission webhook from April on",
            "platform team", "security office", new DateOnly(2026, 6, 30), "https://tickets.example/SEC-1142"),
        WaiverState.Used, "the control failed within its scope");

    private static WaiverStatus Expired => new(
        new Waiver("old-core-limit", ControlId.Parse("CORE-2"), new WaiverScope(null, "k3s", null), "The node image was being rebuilt", "platform team", "security office", new DateOnly(2026, 1, 31), null),
        WaiverState.Expired, "its last day was 2026-01-31; CORE-2 counts as it is");
}
