namespace VaultConformance.Cli.Tests.Examples;

/// <summary>A guard that finds nothing would find nothing wrong.</summary>
public sealed class CommandLinesTests
{
    [TestCase("./run.sh run --values \"a b.yaml\" --only CORE", "run|--values|a b.yaml|--only|CORE")]
    [TestCase("run: ../x/run.sh doctor || code=$?", "doctor")]
    [TestCase("./x/run.sh run \\\n    --output results \\\n  --keep\nother", "run|--output|results|--keep")]
    [TestCase("    - >-\n      ./run.sh run\n      --output results\n    - other", "run|--output|results")]
    [TestCase("sh './v/run.sh clean'", "clean")]
    [TestCase("pwsh ./run.ps1 replay \"${{ env.X }} y\" > out", "replay|VALUE y")]
    [TestCase("./run.sh verify a --key \"$(Build.Dir)/k.pem\"; echo", "verify|a|--key|VALUE/k.pem")]
    public void Calls_are_found_as_the_shell_sees_them(string text, string words) =>
        Assert.That(string.Join('|', CommandLines.In(text).Single()), Is.EqualTo(words));

    [TestCase("# ./run.sh run")]
    [TestCase("// ./run.sh run")]
    [TestCase("rerun.sh run")]
    [TestCase("run.shell run")]
    public void Other_things_are_no_calls(string text) => Assert.That(CommandLines.In(text), Is.Empty);
}
