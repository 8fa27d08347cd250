using VaultConformance.Controls.Tests.Matrix;
using VaultConformance.Reporting.Model;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Declared;

/// <summary>What is declared wrong is found without a cluster, and what is declared right never fails.</summary>
public sealed class LintMatrixTests
{
    // What these files get wrong is in the server after it was unsealed, in the node, in the image, in a certificate or in what a process
    // does: nothing that is declared shows it.
    private static readonly string[] OnlyARun =
    [
        "API-1-root-token", "API-10-raw-audit-device", "API-2-no-audit-device", "API-3-undeclared-auth-method", "API-4-periodic-tokens",
        "API-5-unused-policy", "API-9-one-audit-device", "CORE-1-bypassed-entrypoint", "CORE-2-limit-of-the-node", "CORE-3-pipe-handler",
        "CORE-5-core-on-crash", "FS-2-image-volumes", "FS-3-own-copy", "FS-6-key-in-log", "HA-1-two-servers", "ID-7-file-capability", "MEM-1-swap", "MEM-3-not-in-effect", "NET-1-not-enforced",
        "PROC-1-shell-in-front", "PROC-2-ignored-sigterm", "PROC-2-silent-hook", "PROC-3-missing-command", "PROC-4-ignored-sighup",
        "PROC-5-child", "TLS-3-expired", "TLS-3-self-signed", "TLS-4-no-loopback", "TLS-5-other-file", "TLS-7-unauthenticated",
        "UPG-6-withdrawn-version",
    ];

    // The compliant values leave the tag of the image to the chart, and live cases run a stand-in that no registry has.
    private const string Tag = "K8S-5";

    private LintLab _lab = null!;

    [OneTimeSetUp]
    public async Task Open() => _lab = await LintLab.OpenAsync();

    [OneTimeTearDown]
    public void Close() => _lab?.Dispose();

    [TestCaseSource(nameof(Bad))]
    public async Task Declared_violations_are_found_and_nothing_else_fails(string file)
    {
        var header = LiveCase.HeaderOf(file);
        var wrong = header.Expectations[0].Control;
        var outcome = await JudgeAsync(file, effects: wrong == "UPG-2");
        var allowed = header.Expectations.Where(expectation => expectation.Outcome != "Passed").Select(expectation => expectation.Control).ToList();

        Assert.That(outcome.Of(wrong).Outcome == Outcome.Failed, Is.Not.EqualTo(OnlyARun.Contains(Path.GetFileNameWithoutExtension(file))), outcome.Describe());
        // A server that never ran has no outcome of its own in a run; a declared one has.
        Assert.That(outcome.FailedIds.Except([.. allowed, Tag]), header.Starts ? Is.Empty : Is.SubsetOf(new[] { "UPG-6", "UPG-7" }), outcome.Describe());
    }

    [TestCase("compliant/standalone-tls")]
    [TestCase("compliant/standalone-tls-patched")]
    [TestCase("compliant/ha-raft-tls")]
    public async Task What_is_compliant_never_fails(string name)
    {
        var outcome = await JudgeAsync(Repository.File("fixtures", "values", $"{name}.yaml"), effects: true);

        Assert.That(outcome.Failed, Is.EqualTo(new[] { $"{Tag}*" }), outcome.Describe());
        Assert.That(outcome.Results.Where(result => result.Outcome != Outcome.Failed).Select(result => result.Outcome), Is.All.AnyOf(Outcome.Declared, Outcome.RunOnly, Outcome.NotApplicable));
        Assert.That(outcome.Results.Where(result => result.Outcome != Outcome.NotApplicable).Select(result => result.LeftToRun), Is.All.StartsWith("Only a run shows: "));
    }

    [TestCase("chart-defaults", "API-7* FS-1 HA-5* ID-4 ID-5 K8S-1* K8S-4 K8S-5* MEM-4* NET-1 NET-2* TLS-1")]
    [TestCase("course-guide", "FS-4 HA-5* ID-2* ID-3 ID-4 ID-5 K8S-1* K8S-4 K8S-5* MEM-3 MEM-4* NET-1 NET-2*")]
    [TestCase("course-guide-core-limit", "FS-4 HA-5* ID-2* ID-3 ID-4 ID-5 K8S-1* K8S-4 K8S-5* MEM-3 MEM-4* NET-1 NET-2*")]
    public async Task What_people_start_from_fails_as_it_does_in_a_cluster(string name, string failed)
    {
        var outcome = await JudgeAsync(Repository.File("fixtures", "values", $"{name}.yaml"), effects: true);

        Assert.That(string.Join(' ', outcome.Failed), Is.EqualTo(failed), outcome.Describe());
    }

    private Task<LintOutcome> JudgeAsync(string file, bool effects) => _lab.JudgeAsync(
        [file], [.. LiveCase.HeaderOf(file).Patches.Select(patch => Path.Combine(Path.GetDirectoryName(file)!, patch))], effects: effects);

    private static IEnumerable<TestCaseData> Bad() => Directory.EnumerateFiles(Repository.File("fixtures", "values", "noncompliant"), "*.yaml")
        .Order(StringComparer.Ordinal)
        .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));
}
