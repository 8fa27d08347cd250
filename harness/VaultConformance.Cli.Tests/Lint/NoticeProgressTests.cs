using VaultConformance.Cli.Output;
using VaultConformance.Harness.Progress;

namespace VaultConformance.Cli.Tests.Lint;

/// <summary>What is fetched is said, and nothing else that takes no time.</summary>
public sealed class NoticeProgressTests
{
    [TestCase(ProgressKind.Notice, "Fetching chart 'x' 1.0, which is then kept in '/y'.", "NOTICE: Fetching chart 'x' 1.0, which is then kept in '/y'.\n")]
    [TestCase(ProgressKind.Note, "helm: fetching package@1 with npm", "NOTICE: Helm is not on PATH: fetching package@1 with npm. It is kept.\n")]
    [TestCase(ProgressKind.Note, "helm: from the cache", "")]
    [TestCase(ProgressKind.PhaseStarted, "fetching everything", "")]
    public void Only_what_is_fetched_is_said(ProgressKind kind, string message, string said)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new NoticeProgress(CliConsole.Log(output, output)).Report(new ProgressEvent(kind, "kit", message));

        Assert.That(output.ToString(), Is.EqualTo(said));
    }
}
