using CliWrap;
using CliWrap.Buffered;
using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

public sealed class CompletionTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("re", "replay,report")]
    [TestCase("run|--fail", "--fail-on,--fail-on-stand-in")]
    [TestCase("--fail", "--fail-on,--fail-on-stand-in")]
    [TestCase("run|--fail-on|", "must,regression,should")]
    [TestCase("run|--profile|", "baseline,baseline@1.0,hardened,hardened@2.0")]
    [TestCase("run|--values|x y.yaml|--only|TLS-", "TLS-1,TLS-2,TLS-3,TLS-4,TLS-5,TLS-6,TLS-7")]
    [TestCase("controls|show|CORE-1", "CORE-1")]
    [TestCase("profile|s", "show")]
    [TestCase("help|off", "offline")]
    [TestCase("completion|", "bash,fish,pwsh,zsh")]
    [TestCase("replay|--show|in", "inconclusive")]
    [TestCase("run|my-val", "")]
    [TestCase("nonsense|", "")]
    public async Task What_is_being_typed_is_completed(string words, string completions)
    {
        var result = await _app.RunAsync(["complete", "--", .. words.Split('|')]);

        var expected = completions.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), words is "run|--profile|" ? Is.SupersetOf(new[] { "baseline@1.0", "hardened@2.0" }) : Is.EqualTo(expected));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
    }

    [TestCase("bash", "complete -o default")]
    [TestCase("zsh", "compdef _vault_conformance")]
    [TestCase("fish", "complete --command vault-conformance")]
    [TestCase("pwsh", "Register-ArgumentCompleter")]
    public async Task Each_shell_has_a_script(string shell, string part) =>
        Assert.That((await _app.RunAsync("completion", shell)).Output, Does.Contain(part).And.Contain("complete --").And.Not.Contain('\r'));

    [Test]
    [Platform("Unix", Reason = "bash")]
    public async Task The_script_for_bash_asks_the_program_with_the_words_so_far()
    {
        var script = (await _app.RunAsync("completion", "bash")).Output;
        var program = _app.WriteWork("run.sh", "#!/bin/sh\nfor word in \"$@\"; do echo \"<$word>\"; done\n");
        var test = $"chmod +x '{program}'\n{script}\nCOMP_WORDS=('{program}' run -f 'a b.yaml' --on)\nCOMP_CWORD=4\n_vault_conformance\nprintf '%s ' \"${{COMPREPLY[@]}}\"\n";

        var result = await CliWrap.Cli.Wrap("bash").WithArguments(["--norc", "-c", test]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();

        Assert.That((result.StandardOutput, result.StandardError), Is.EqualTo(("<complete> <--> <run> <-f> <a b.yaml> <--on> ", string.Empty)));
    }
}
