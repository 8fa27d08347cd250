using VaultConformance.Cli.Tests.Support;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

/// <summary>A stand-in is one by what its servers say, whatever the run that recorded it believed.</summary>
public sealed class StandInSightingTests
{
    private const string State = "observations/pod/vault-0/vault-state.json";
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("replay")]
    [TestCase("verify")]
    public async Task Every_verb_that_reads_a_bundle_says_so(string verb)
    {
        var bundle = (await EvidenceBundle.HardenedAsync()).Replace(State, "1.8.0-dev", "1.20.4-standin");
        await bundle.WriteAsync(Path.Combine(_app.WorkingFolder, "evidence.vcb"));

        var result = await _app.RunAsync(verb, "evidence.vcb");

        Assert.That(
            result.Output,
            Does.Contain("STAND-IN: this run tested the stand-in server (it calls itself '1.20.4-standin') instead of HashiCorp Vault."));
    }

    [TestCase("observations/pod/vault-0/server-log.json", "\"lines\": [", "\"lines\": [\"                 Version: Vault v1.20.4-standin\",", "Version: Vault v1.20.4-standin")]
    [TestCase("observations/release/objects.json", "\"image\": \"", "\"image\": \"docker.io/vault-conformance/vault-standin-", "vault-standin-")]
    [TestCase("observations/release/release.json", "hashicorp/vault:2.0.4", "vault-conformance/vault-standin:1.20.4", "vault-conformance/vault-standin:1.20.4")]
    public async Task Its_log_and_its_image_say_so_as_well(string part, string old, string changed, string said)
    {
        await (await EvidenceBundle.HardenedAsync()).Replace(part, old, changed).WriteAsync(Path.Combine(_app.WorkingFolder, "evidence.vcb"));

        Assert.That((await _app.RunAsync("replay", "evidence.vcb")).Output, Does.Contain("STAND-IN: this run tested the stand-in server (it calls itself '").And.Contain(said));
    }

    [Test]
    public async Task A_server_of_another_version_is_no_stand_in()
    {
        await (await EvidenceBundle.HardenedAsync()).WriteAsync(Path.Combine(_app.WorkingFolder, "evidence.vcb"));

        Assert.That((await _app.RunAsync("replay", "evidence.vcb")).Output, Does.Not.Contain("STAND-IN"));
    }

    [Test]
    public void A_notice_that_says_it_already_is_not_doubled()
    {
        string[] notices = ["STAND-IN: this run tested the stand-in server 'x' instead of HashiCorp Vault."];

        Assert.That(StandInSighting.Add(notices, "1.20.4-standin"), Is.EqualTo(notices));
        Assert.That(StandInSighting.Add(["STAND-IN: this run tested the fixture chart."], "1.20.4-standin"), Has.Count.EqualTo(2));
        Assert.That(StandInSighting.Add([], null), Is.Empty);
    }
}
