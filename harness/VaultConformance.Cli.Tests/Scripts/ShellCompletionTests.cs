using CliWrap;
using CliWrap.Buffered;
using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests.Scripts;

/// <summary>The scripts for completion in real shells: they ask the program with the words as the shell understands them, and offer what it says.</summary>
[Platform("Linux", Reason = "The shells are those of a Linux machine.")]
[NonParallelizable, CancelAfter(60_000)]
public sealed class ShellCompletionTests
{
    private const string Program = """
        #!/bin/sh
        shift 2
        printf '<%s>' "$@" > "$ASKED"
        for last in "$@"; do :; done
        for word in attest compare --only; do case $word in "$last"*) echo "$word" ;; esac; done

        """;

    // A terminal of its own, because zsh completes only while somebody types.
    private const string Typing = """
        zmodload zsh/zpty
        zpty typing "ASKED=${(q)ASKED} PATH=${(q)PATH} TERM=dumb zsh -f -i"
        zpty -w typing "PS1=; autoload -Uz compinit; compinit -u -D; source ${(q)1}; print REA''DY"
        zpty -r typing shown '*READY*'
        zpty -w -n typing "$2"$'\t'
        zpty -r typing shown "*$3*"
        zpty -d typing
        print -r -- "$3"

        """;

    private TestApp _app = null!;
    private string _asked = string.Empty;

    [SetUp]
    public void CreateProgram()
    {
        _app = new TestApp();
        _asked = Path.Combine(_app.WorkingFolder, "asked");
        var program = _app.WriteWork("bin/vault-conformance", Program);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    [TearDown]
    public void RemoveProgram() => _app.Dispose();

    [TestCase("vault-conformance att", "attest", "<att>")]
    [TestCase("vault-conformance run -f 'a b.yaml' --on", "--only", "<run><-f><a b.yaml><--on>")]
    public async Task Zsh_completes(string line, string completion, string asked, CancellationToken cancellationToken)
    {
        var script = await WriteScriptAsync("zsh");
        var typing = _app.WriteWork("typing.zsh", Typing);

        var result = await RunAsync("zsh", ["-f", typing, script, line, completion], cancellationToken);

        Assert.That(result.TrimEnd(), Is.EqualTo(completion));
        Assert.That(await File.ReadAllTextAsync(_asked, cancellationToken), Is.EqualTo(asked));
    }

    [TestCase("vault-conformance att", "attest", "<att>")]
    [TestCase("vault-conformance run -f 'a b.yaml' --on", "--only", "<run><-f><a b.yaml><--on>")]
    public async Task Fish_completes(string line, string completion, string asked, CancellationToken cancellationToken)
    {
        var script = await WriteScriptAsync("fish");

        var result = await RunAsync("fish", ["--no-config", "-c", "source $argv[1]; complete --do-complete $argv[2]", script, line], cancellationToken);

        Assert.That(result.TrimEnd(), Is.EqualTo(completion));
        Assert.That(await File.ReadAllTextAsync(_asked, cancellationToken), Is.EqualTo(asked));
    }

    [TestCase("vault-conformance att", "attest", "<att>")]
    [TestCase("vault-conformance run --only CORE-1 --on", "--only", "<run><--only><CORE-1><--on>")]
    public async Task PowerShell_completes(string line, string completion, string asked)
    {
        var script = (await _app.RunAsync("completion", "pwsh")).Output;

        var offered = PowerShellScript.Complete(script, line, Variables);

        Assert.That(offered, Is.EqualTo(new[] { completion }));
        Assert.That(await File.ReadAllTextAsync(_asked), Is.EqualTo(asked));
    }

    private Dictionary<string, string?> Variables => new()
    {
        ["ASKED"] = _asked,
        ["PATH"] = $"{Path.Combine(_app.WorkingFolder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
    };

    private async Task<string> WriteScriptAsync(string shell)
    {
        if (Environment.GetEnvironmentVariable("PATH")!.Split(':').All(folder => !File.Exists(Path.Combine(folder, shell))))
        {
            Assert.Ignore($"There is no {shell} on this machine; install it to run its completion.");
        }

        return _app.WriteWork($"completion.{shell}", (await _app.RunAsync("completion", shell)).Output);
    }

    private async Task<string> RunAsync(string shell, string[] arguments, CancellationToken cancellationToken)
    {
        var result = await CliWrap.Cli.Wrap(shell)
            .WithArguments(arguments)
            .WithWorkingDirectory(_app.WorkingFolder)
            .WithEnvironmentVariables(Variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        Assert.That(result.StandardError, Is.Empty);
        return result.StandardOutput;
    }
}
