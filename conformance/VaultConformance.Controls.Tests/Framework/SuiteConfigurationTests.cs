using VaultConformance.Controls.Framework;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness;

namespace VaultConformance.Controls.Tests.Framework;

public sealed class SuiteConfigurationTests
{
    [Test]
    public void Without_anything_to_judge_there_is_nothing_to_open() => Assert.That(SuiteConfiguration.Read(_ => null), Is.Null);

    [Test]
    public void Without_anything_to_judge_the_message_says_what_to_set() => Assert.That(SuiteConfiguration.Unconfigured, Is.EqualTo(
        "The controls do not know what to judge. Set VAULT_CONFORMANCE_VALUES to a values file to install a release and judge it, VAULT_CONFORMANCE_EVIDENCE to a folder of recorded "
        + "evidence (a run leaves one in its output folder), or VAULT_CONFORMANCE_TARGET to the file that 'run --keep' names; and, if you want another profile than baseline, VAULT_CONFORMANCE_PROFILE."));

    [Test]
    public void A_folder_without_observations_is_refused()
    {
        using var folder = new TemporaryFolder();

        Assert.That(
            () => SuiteConfiguration.Read(name => name == SuiteConfiguration.EvidenceVariable ? folder.Path : null),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo(
                $"VAULT_CONFORMANCE_EVIDENCE names '{folder.Path}', and '{folder.Path}' holds no folder 'observations'. Name the folder that holds it, by its full path: "
                + "a test runner chooses its own working folder."));
    }

    [Test]
    public void What_is_judged_is_named_once() => Assert.That(
        () => SuiteConfiguration.Read(_ => "anything"),
        Throws.TypeOf<HarnessException>().With.Message.EqualTo(
            "VAULT_CONFORMANCE_EVIDENCE and VAULT_CONFORMANCE_TARGET and VAULT_CONFORMANCE_VALUES are set; the controls judge one thing. Unset all but one."));

    [Test]
    public void Values_files_are_installed() =>
        Assert.That(SuiteConfiguration.Read(name => name == SuiteConfiguration.ValuesVariable ? "values.yaml" : null)!.Installs, Is.True);

    [TestCase(null, "baseline")]
    [TestCase("hardened@1.0", "hardened@1.0")]
    public void The_profile_is_baseline_unless_another_is_named(string? named, string expected)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "observations"));

        var configuration = SuiteConfiguration.Read(name => name switch
        {
            SuiteConfiguration.EvidenceVariable => folder.Path,
            SuiteConfiguration.ProfileVariable => named,
            _ => null,
        });

        Assert.That((configuration!.EvidenceFolder, configuration.Profile), Is.EqualTo((folder.Path, expected)));
    }
}
