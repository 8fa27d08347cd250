using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using VaultConformance.Cli.Output;
using VaultConformance.Runs;
using VaultConformance.Runs.Engine;

namespace VaultConformance.Cli.Tests.Live;

/// <summary>
/// No secret leaves a run: secrets are planted in values, and those that come up are remembered; then every byte of every output is searched for
/// them, after a success, after a failure, and after a run that was ended by its time limit.
/// </summary>
[Category("Cluster"), Platform("Linux"), NonParallelizable, Explicit("Starts a cluster and installs what is missing; asked for by './run.sh test' or by its category.")]
public sealed class CanarySecretsTests
{
    private CanarySecrets _secrets = null!;
    private string _folder = null!;

    [SetUp]
    public void Prepare()
    {
        _secrets = new CanarySecrets();
        _folder = Directory.CreateTempSubdirectory("canary-").FullName;
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test, CancelAfter(300_000)]
    public async Task A_run_that_succeeds_keeps_its_secrets(CancellationToken cancellationToken)
    {
        var exitCode = await RunAsync(Planted("ui = false"), "5m", cancellationToken);

        Assert.That(exitCode, Is.EqualTo(ExitCodes.NonConformant), "FS-5 sees the planted credentials");
        Assert.That(_secrets.Names, Is.SupersetOf(["auditor token", "kubeconfig private key", "root token", "unseal key", "planted in the environment"]));
    }

    [Test, CancelAfter(300_000)]
    public async Task A_run_that_fails_keeps_its_secrets(CancellationToken cancellationToken)
    {
        var exitCode = await RunAsync(Planted("this is { no configuration"), "3m", cancellationToken);

        Assert.That(exitCode, Is.EqualTo(ExitCodes.Environment));
        Assert.That(File.Exists(Path.Combine(_folder, "out", "diagnostics", "README.txt")), "diagnostics were searched too");
    }

    [Test, CancelAfter(300_000)]
    public async Task A_run_that_takes_too_long_keeps_its_secrets(CancellationToken cancellationToken)
    {
        var exitCode = await RunAsync(Planted("ui = false"), "45s", cancellationToken, hangs: true);

        Assert.That(exitCode, Is.EqualTo(ExitCodes.Environment));
        Assert.That(_secrets.Names, Has.Member("root token"), "the time was over after the secrets had come up");
        Assert.That(File.Exists(Path.Combine(_folder, "out", "evidence.vcb")), "what is known of it is reported all the same");
    }

    private async Task<int> RunAsync(string values, string timeout, CancellationToken cancellationToken, bool hangs = false)
    {
        var file = Path.Combine(_folder, "values.yaml");
        await File.WriteAllTextAsync(file, values, cancellationToken);
        var repository = RepositoryFolder.FindContaining(AppContext.BaseDirectory);
        using var output = new StringWriter();
        Dictionary<string, string> variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty);
        await using var arguments = new ProcessArguments();
        var pipeline = new RunPipeline(repository, variables, TimeProvider.System, new RecordingVaultApiFactory(_secrets, hangs), new Controls.Suite.SuiteJudge());
        var services = new CliServices(CliConsole.Log(output, output), variables, _folder, repository, TimeProvider.System, pipeline);
        var exitCode = await new CommandLineApp(services).RunAsync(
            ["run", "--offline", "--values", repository.DefaultValues, "--values", file, "--timeout", timeout, "--output", "out"], cancellationToken);

        List<string> found =
        [
            .. _secrets.FindIn("the console", Encoding.UTF8.GetBytes(output.ToString())),
            .. _secrets.FindIn("the arguments of a process", arguments.Content),
            .. Directory.EnumerateFiles(Path.Combine(_folder, "out"), "*", SearchOption.AllDirectories).SelectMany(Search),
        ];
        Assert.That(found, Is.Empty, output.ToString());
        return exitCode;
    }

    private IEnumerable<string> Search(string file)
    {
        var name = Path.GetRelativePath(_folder, file);
        List<string> found = [.. _secrets.FindIn(name, File.ReadAllBytes(file)), .. PrivateKeys(name, File.ReadAllText(file))];
        if (!file.EndsWith(".vcb", StringComparison.Ordinal))
        {
            return found;
        }

        using var zip = ZipFile.OpenRead(file);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            var place = $"{name}/{entry.FullName}";
            found.AddRange([.. _secrets.FindIn(place, content.ToArray()), .. PrivateKeys(place, Encoding.UTF8.GetString(content.ToArray()))]);
        }

        return found;
    }

    // The keys of the certificates under test never leave the harness, so that no test can know them; but a key cannot hide its head.
    private static IEnumerable<string> PrivateKeys(string place, string text) =>
        new[] { "PRIVATE KEY-----", "LS0tLS1CRUdJTiBQUklWQVRF", "LS0tLS1CRUdJTiBFQyBQUklW", "LS0tLS1CRUdJTiBSU0EgUFJJ" }
            .Where(head => text.Contains(head, StringComparison.Ordinal)).Select(_ => $"a private key in {place}");

    private string Planted(string line)
    {
        string Plant(string where)
        {
            var secret = "Canary7" + RandomNumberGenerator.GetHexString(24);
            _secrets.Add("planted in " + where, secret);
            return secret;
        }

        return $$"""
            server:
              extraEnvironmentVars:
                VAULT_CACERT: /vault/userconfig/vault-tls/ca.crt
                DATABASE_PASSWORD: {{Plant("the environment")}}
                AWS_SECRET_ACCESS_KEY: {{Plant("the environment of a seal")}}
              annotations:
                example.com/token: "{{Plant("an annotation")}}"
              standalone:
                enabled: true
                config: |
                  {{line}}
                  disable_mlock = true
                  listener "tcp" {
                    address = "[::]:8200"
                    cluster_address = "[::]:8201"
                    tls_cert_file = "/vault/userconfig/vault-tls/tls.crt"
                    tls_key_file = "/vault/userconfig/vault-tls/tls.key"
                  }
                  storage "file" {
                    path = "/vault/data"
                    password = "{{Plant("the configuration")}}"
                  }
                  # secret_key = "{{Plant("a comment of the configuration")}}"
            """;
    }
}
