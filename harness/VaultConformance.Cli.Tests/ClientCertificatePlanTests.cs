using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

/// <summary>How a run is told the client certificate of a user.</summary>
public sealed class ClientCertificatePlanTests
{
    private TestApp _app = null!;
    private ServerCertificate _issued = null!;

    [SetUp]
    public void CreateApp()
    {
        _app = new TestApp();
        using var authority = new TestCertificateAuthority(new FakeTimeProvider(TestApp.Now));
        _issued = authority.Issue(CertificateRecipe.Good, new CertificateNames("user", ["user"]));
        var expired = authority.Issue(CertificateRecipe.Good with { StartedDaysAgo = 9, ExpiresInDays = -1 }, new CertificateNames("user", ["user"]));
        using var encrypting = ECDsa.Create();
        encrypting.ImportFromPem(_issued.PrivateKey);
        _app.WriteWork("client.pem", _issued.CertificateChain);
        _app.WriteWork("client.key", _issued.PrivateKey);
        _app.WriteWork("expired.pem", expired.CertificateChain);
        _app.WriteWork("expired.key", expired.PrivateKey);
        _app.WriteWork("locked.key", encrypting.ExportEncryptedPkcs8PrivateKeyPem("word", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)));
        _app.WriteWork("text.txt", "no PEM at all\n");
    }

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task It_arrives_in_the_plan_and_its_key_nowhere_else()
    {
        var result = await _app.RunAsync("run", "--client-cert", "client.pem", "--client-key", "client.key");
        var plan = _app.Pipeline.Plan!;

        Assert.That((result.Error, plan.Release.ClientCertificate!.Sha256), Is.EqualTo((string.Empty, _issued.Fingerprint)));
        Assert.That(result.Output, Does.Contain($"certificate {_issued.Fingerprint} that --client-cert names"));
        Assert.That(PlanRecord.From(plan, []).ClientCertificate, Is.EqualTo(_issued.Fingerprint));
        var secret = _issued.PrivateKey.Split('\n')[1];
        Assert.That(result.Output + result.Error + plan + PlanRecord.From(plan, []), Does.Not.Contain(secret));
    }

    [Test]
    public async Task It_comes_from_the_environment_and_the_file_too()
    {
        _app.Variables["VAULT_CONFORMANCE_CLIENT_CERT"] = "client.pem";
        _app.WriteWork("vault-conformance.yaml", "client-key: client.key\n");

        await _app.RunAsync("run");

        Assert.That(_app.Pipeline.Plan!.Release.ClientCertificate!.Sha256, Is.EqualTo(_issued.Fingerprint));
    }

    [Test]
    public async Task Without_one_the_run_issues_its_own()
    {
        await _app.RunAsync("run");

        Assert.That(_app.Pipeline.Plan!.Release.ClientCertificate, Is.Null);
    }

    [TestCase("--client-cert client.pem", "--client-cert: needs --client-key: a client certificate and its key go together; give both or none")]
    [TestCase("--client-key client.key", "--client-key: needs --client-cert: a client certificate and its key go together; give both or none")]
    [TestCase("--client-cert nope.pem --client-key client.key", "--client-cert: file 'nope.pem' does not exist")]
    [TestCase("--client-cert client.pem --client-key nope.key", "--client-key: file 'nope.key' does not exist")]
    [TestCase("--client-cert text.txt --client-key client.key", "--client-cert: the file holds no certificate as PEM; it must begin with '-----BEGIN CERTIFICATE-----'")]
    [TestCase("--client-cert client.pem --client-key text.txt", "--client-key: the file holds no private key as PEM; its first line must say BEGIN PRIVATE KEY between dashes")]
    [TestCase("--client-cert client.pem --client-key locked.key", "--client-key: the private key is encrypted with a passphrase, and nobody is asked for one; give it without")]
    [TestCase("--client-cert client.pem --client-key expired.key", "--client-key: the private key cannot be read, or is not that of the client certificate; give the key that the certificate was made with")]
    [TestCase("--client-cert expired.pem --client-key expired.key", "--client-cert: the client certificate expired at ")]
    public async Task What_cannot_be_used_is_refused_by_one_message(string arguments, string problem)
    {
        var result = await _app.RunAsync(["run", .. arguments.Split(' ')]);

        Assert.That((result.ExitCode, _app.Pipeline.Plan), Is.EqualTo((3, (RunPlan?)null)));
        Assert.That(result.Error, Does.Contain(problem).And.Not.Contain("problems"));
        Assert.That(result.Output + result.Error, Does.Not.Contain(_issued.PrivateKey.Split('\n')[1]));
    }
}
