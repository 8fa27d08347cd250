using System.Text.Json.Nodes;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Deployment;

public sealed class KeptReleaseTests
{
    private static readonly ReleaseFacts Facts = new(
        "vault", "secrets", 1, "vault", "0.34.1", "2.0.4", "hashicorp/vault", "00", "v4.0.1", [], "", [], [], "vault:1", false, "built-in HTTP client", null);

    [Test]
    public async Task A_kept_release_is_read_back_with_its_keys_and_never_prints_them()
    {
        using var folder = new TemporaryFolder();
        var kept = new KeptRelease(
            "secrets", 8200, "vault-internal", "vault:1", [], "PEM", null, ["key-nobody-may-see"], false, "token-nobody-may-see", TimeSpan.FromMinutes(3), Facts, new TrustFacts(["anchor"], []));

        var file = await kept.WriteAsync(folder.Path, CancellationToken.None);
        var read = await KeptRelease.ReadAsync(file, CancellationToken.None);

        Assert.That((read.UnsealKeys.Single(), read.AuditorToken), Is.EqualTo(("key-nobody-may-see", "token-nobody-may-see")));
        Assert.That($"{read}", Is.EqualTo("kept release in namespace secrets"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task The_client_certificate_is_read_back_with_its_key_and_an_older_file_has_none()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        var kept = new KeptRelease(
            "secrets", 8200, "vault-internal", "vault:1", [], "PEM", null, [], false, "token", TimeSpan.FromMinutes(3), Facts, new TrustFacts(["anchor"], [])) { Client = KeptClient.From(authority.Client) };
        var file = await kept.WriteAsync(folder.Path, CancellationToken.None);
        var older = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        older.Remove("client");

        var read = await KeptRelease.ReadAsync(file, CancellationToken.None);

        Assert.That(read.Client!.Open(TimeProvider.System.GetUtcNow()).Sha256, Is.EqualTo(authority.Client.Sha256));
        Assert.That($"{read.Client}", Is.EqualTo("client certificate that the run's own authority issued"));
        Assert.That((await KeptRelease.ReadAsync(folder.Write("older.json", older.ToJsonString()), CancellationToken.None)).Client, Is.Null);
    }

    [TestCase("{", "Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")]
    [TestCase("[]", "line 1: the whole has a value of the wrong kind.")]
    [TestCase("{\"runId\": {\"key\": \"hunter2\"}}", "line 1: it has an unknown member 'runId'.")]
    public async Task A_file_that_is_none_is_told_without_its_content(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("target.json", text);

        await Assert.ThatAsync(
            () => KeptRelease.ReadAsync(file, CancellationToken.None),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                $"'{file}' cannot be read as a kept target: {reason} Name a file that 'run --keep' wrote and 'clean' has not removed."));
    }
}
