using VaultConformance.Reporting.Model;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Declared;

/// <summary>
/// HashiCorp's validated design for OpenShift: what its reference values promise is no failure, and what they leave open is said with the source that is stricter.
/// The values are of that shape and ours.
/// </summary>
public sealed class VendorDesignTests
{
    private const string Profile = "hvd-openshift";

    // The fixture chart has no Route.
    private static readonly string Values = string.Join('\n', File.ReadAllText(Repository.File("fixtures", "values", "vendor", "hvd-openshift.yaml"))
        .Split("  route:\n    enabled: true\n    activeService: false\n    host: vault.apps.example.com\n    tls:\n      termination: passthrough\n\n"));

    private LintLab _lab = null!;

    [OneTimeSetUp]
    public async Task Open() => _lab = await LintLab.OpenAsync();

    [OneTimeTearDown]
    public void Close() => _lab?.Dispose();

    [TestCase(Profile, "FS-1* HA-5* K8S-4* NET-1* NET-2*")]
    [TestCase("openshift", "API-6 API-7* FS-1 HA-5* K8S-4* NET-1 NET-2* TLS-7")]
    [TestCase("hardened", "API-6 API-7* FS-1 HA-5* ID-2 ID-3 ID-4 ID-5 K8S-1 K8S-4 NET-1 NET-2* TLS-7")]
    public async Task What_the_design_differs_in_depends_on_the_profile(string profile, string failed)
    {
        var outcome = await _lab.JudgeTextAsync(Values, profile);

        Assert.That(string.Join(' ', outcome.Failed), Is.EqualTo(failed), outcome.Describe());
    }

    [Test]
    public async Task Where_the_design_is_silent_the_stricter_source_is_named()
    {
        var outcome = await _lab.JudgeTextAsync(Values, Profile);

        Assert.That(outcome.Of("FS-1").Level, Is.EqualTo(Requirement.May));
        Assert.That(outcome.Of("FS-1").LevelReason, Does.Contain("the design does not ask for a read-only root file system; the NSA's Kubernetes hardening guidance and the course page do"));
    }

    [TestCase("service.beta.kubernetes.io/aws-load-balancer-internal: \"true\"", "example.com/x: \"true\"", "TLS-7", TestName = "A load balancer that is not internal publishes the cluster port")]
    [TestCase("2.0.2-ent-ubi", "2.0.4-ent-ubi", "UPG-6", TestName = "The image of the hook has no pidof from 2.0.4 on")]
    [TestCase("requests: {memory: 16Gi, cpu: \"2\"}", "requests: {memory: 8Gi, cpu: \"2\"}", "MEM-4", TestName = "Memory has a request equal to its limit, whatever the processor has")]
    [TestCase("&sealedcode=204&uninitcode=204", "", "HA-5", TestName = "Liveness ends sealed servers")]
    [TestCase("auto_join_scheme      = \"https\"", "auto_join_scheme      = \"http\"", "TLS-7", TestName = "Servers join by TLS")]
    [TestCase("defaultMode: 0400", "defaultMode: 0644", "FS-4", TestName = "A mode in octal is what Helm reads")]
    [TestCase("tls_disable              = false", "tls_disable              = true", "TLS-1", TestName = "TLS is on")]
    public async Task What_the_design_promises_is_required(string text, string other, string control)
    {
        Assert.That(Values, Does.Contain(text));
        Assert.That((await _lab.JudgeTextAsync(Values, Profile)).FailedIds.Contains(control) && control != "HA-5", Is.False);

        var outcome = await _lab.JudgeTextAsync(Values.Replace(text, other, StringComparison.Ordinal), Profile);

        Assert.That(outcome.FailedIds, Does.Contain(control), outcome.Describe());
        Assert.That(outcome.Of("HA-5").Summary, control == "HA-5" ? Does.Contain("sealed") : Does.Not.Contain("liveness"));
    }
}
