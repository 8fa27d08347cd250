using Semver;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Config;
using VaultConformance.Judging.CoreDumps;
using VaultConformance.Judging.Identity;
using VaultConformance.Judging.Memory;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Judging;

/// <summary>Small pieces of judging whose borders the matrix of deviations does not reach.</summary>
public sealed class JudgingTests
{
    [TestCase("core", true)]
    [TestCase("/var/cores/core.%p", true)]
    [TestCase("", true)]
    [TestCase("|/usr/lib/systemd/systemd-coredump %P %u", true)]
    [TestCase("| /usr/share/apport/apport %p", false)]
    [TestCase("|/usr/bin/systemd-coredump-not", false)]
    [TestCase("@/run/coredump.socket", false)]
    [TestCase("@@/run/coredump.socket", false)]
    public void Core_patterns_respect_the_limit_or_do_not(string pattern, bool respects) =>
        Assert.That(CoreHandler.RespectsLimit(pattern, ["systemd-coredump"]), Is.EqualTo(respects));

    [TestCase("1.20.0", true)]
    [TestCase("1.19.17", false)]
    [TestCase("v2.1.0-rc1+ent", true)]
    [TestCase("1.20.0-rc1", true)]
    [TestCase("1.19.17_ent", false)]
    [TestCase("1.9.20-standin", false)]
    [TestCase("1.20", true)]
    [TestCase("unknown", true)]
    public void Only_a_version_that_is_known_to_be_older_gets_relief(string version, bool atLeast) =>
        Assert.That(VaultVersion.IsAtLeast(version, new SemVersion(1, 20, 0)), Is.EqualTo(atLeast));

    [TestCase(0xa80425fbUL, "CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP, NET_BIND_SERVICE, NET_RAW, SYS_CHROOT, MKNOD, AUDIT_WRITE, SETFCAP")]
    [TestCase(0x4000UL, "IPC_LOCK")]
    [TestCase(0x8000000000000000UL, "bit 63")]
    [TestCase(0UL, "none")]
    public void Capability_masks_are_told_by_name(ulong mask, string text) => Assert.That(CapabilitySet.Format(mask), Is.EqualTo(text));

    [TestCase(0, 90000, false)]
    [TestCase(45000, 90000, false)]
    [TestCase(88975, 90000, false)]
    [TestCase(88976, 90000, true)]
    [TestCase(1, null, false)]
    [TestCase(180000, 90000, true)]
    [TestCase(null, 90000, false)]
    public void Memory_is_locked_when_all_that_is_resident_is(long? locked, long? resident, bool effective) =>
        Assert.That(MlockEffect.IsLocked(new(locked, resident, 0)), Is.EqualTo(effective));

    [TestCase("1000680000/10000", 1000680000, true)]
    [TestCase("1000680000/10000", 1000689999, true)]
    [TestCase("1000680000/10000", 1000690000, false)]
    public void Ranges_of_OpenShift_hold_what_they_say(string text, long id, bool holds) => Assert.That(IdRange.TryParse(text)!.Holds(id), Is.EqualTo(holds));

    [TestCase(null)]
    [TestCase("1000680000")]
    [TestCase("a/b")]
    public void What_is_no_range_is_none(string? text) => Assert.That(IdRange.TryParse(text), Is.Null);

    [TestCase("-config=/a.hcl", "/a.hcl")]
    [TestCase("--config=/a.hcl -config=b", "/a.hcl,/work/b")]
    [TestCase("-config /a.hcl -log-level=info", "/a.hcl")]
    [TestCase("-configuration=/a.hcl", "")]
    [TestCase("-dev", "")]
    public void Configuration_paths_are_found_on_the_command_line(string arguments, string paths)
    {
        var server = CompliantPod.Process(7, 1, "vault", ["vault", "server", .. arguments.Split(' ')]) with { WorkingDirectory = "/work" };

        Assert.That(string.Join(',', StartArguments.ListConfigPaths(server)), Is.EqualTo(paths));
    }

    [TestCase("disable_mlock = true", true)]
    [TestCase("disable_mlock = \"false\"", false)]
    [TestCase("disable_mlock = 0", false)]
    [TestCase("disable_mlock = true\ndisable_mlock = true", null)]
    [TestCase("disable_mlock = \"maybe\"", null)]
    [TestCase("storage \"raft\" { disable_mlock = true }", null)]
    [TestCase("{\"disable_mlock\": true}", true)]
    public void Mlock_is_decided_only_by_a_single_switch_at_the_top(string text, bool? value) =>
        Assert.That(MlockDecision.From([new ServerConfiguration("c", HclDocument.Parse(text))]).Value, Is.EqualTo(value));

    [TestCase(null, "not set", Outcome.Failed)]
    [TestCase(true, "true", Outcome.Failed)]
    [TestCase(false, "false", Outcome.Passed)]
    public void Escalation_is_forbidden_only_explicitly(bool? allowed, string actual, Outcome outcome)
    {
        var container = CompliantPod.Create("any").Container;
        container.SecurityContext.AllowPrivilegeEscalation = allowed;

        var judgement = Confinement.JudgeNoEscalation(container);

        Assert.That((judgement.Actual, judgement.Outcome), Is.EqualTo((actual, outcome)));
    }

    [TestCase("/home/vault/.vault-token", true)]
    [TestCase("/root/.bash_history", true)]
    [TestCase("/vault/data/core.7", false)]
    [TestCase("/tmp/vault-pprof", false)]
    public void Leftovers_are_traces_of_secrets_or_of_memory(string path, bool secret) => Assert.That(Leftovers.IsSecretTrace(path), Is.EqualTo(secret));
}
