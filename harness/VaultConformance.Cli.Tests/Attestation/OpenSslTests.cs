using VaultConformance.Cli.Tests.Scripts;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Runs;

namespace VaultConformance.Cli.Tests.Attestation;

/// <summary>Another implementation accepts the signature: the lines in <c>docs/attestation.md</c>, run by a shell and the openssl program.</summary>
public sealed class OpenSslTests
{
    private AttestationApp _app = null!;

    [SetUp]
    public async Task CreateAppAsync()
    {
        RequireOpenSsl();
        _app = new AttestationApp();
        await _app.SignedAsync(await EvidenceBundle.HardenedAsync());
    }

    [TearDown]
    public void RemoveApp() => _app?.Dispose();

    [Test]
    public async Task The_signature_is_good()
    {
        var result = await RunAsync("With OpenSSL alone");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((0, "Verified OK\n")), result.Error);
    }

    [Test]
    public async Task The_signature_of_another_key_is_not()
    {
        _app.App.WriteWork("public.pem", KeyPair.New().PublicPem);

        var result = await RunAsync("With OpenSSL alone");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "Verification failure\n")), result.Error);
    }

    [Test]
    public async Task Keys_that_are_made_as_the_page_says_sign_and_verify_without_a_warning()
    {
        File.Delete(_app.PathOf("signing.pem"));

        var made = await RunAsync("Keys");

        var attested = await _app.AttestAsync();
        var verified = await _app.VerifyAsync();

        Assert.That((made.ExitCode, attested.ExitCode, verified.ExitCode), Is.EqualTo((0, 0, 0)), made.Error + attested.Error + verified.Error);
        Assert.That(attested.Output, Does.Not.Contain("NOTICE"));
        var id = made.Output.Trim().Split(' ')[^1];
        Assert.That(verified.Output, Does.Contain($"signer       {id}\n"));
    }

    private static void RequireOpenSsl()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        if (!OperatingSystem.IsWindows() && folders.Any(folder => File.Exists(Path.Combine(folder, "openssl"))))
        {
            return;
        }

        const string Reason = "There is no openssl program on this machine.";
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false")
        {
            Assert.Fail(Reason);
        }

        Assert.Ignore(Reason);
    }

    /// <summary>Runs the first lines of shell under a heading of the page, in the working folder.</summary>
    private Task<ScriptResult> RunAsync(string heading)
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder.FindContaining(AppContext.BaseDirectory).Root, "docs", "attestation.md"));
        var lines = page[page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal)..].Split("```sh\n")[1].Split("```")[0];
        var script = _app.App.WriteWork("lines.sh", $"set -e\ncd '{_app.App.WorkingFolder}'\n{lines}");
        return ShellScript.RunAsync(script, [], new Dictionary<string, string?>(), CancellationToken.None);
    }
}
