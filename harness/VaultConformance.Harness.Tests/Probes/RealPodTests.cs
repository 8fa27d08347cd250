using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Tests.Probes;

public sealed class RealPodTests
{
    [Test]
    public void The_server_is_found_among_three_roots_and_is_not_process_1()
    {
        var table = ProcessTableParser.Parse(RealObservation.Hardened.ToDump());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.VaultServers, Has.Count.EqualTo(1));
            Assert.That(table.VaultServers[0].CommandLine, Is.EqualTo((string[])["vault", "server", "-config=/tmp/storageconfig.hcl"]));
            Assert.That(table.Workload.Select(process => process.Comm), Is.EqualTo((string[])["sh", "docker-entrypoi", "vault"]));
            Assert.That(table.Processes.Count(process => process.ParentPid == 0), Is.GreaterThan(1));
            Assert.That(table.Init!.CommandLine, Has.Count.EqualTo(3), "the chart's script is one argument, line breaks and all");
        }
    }

    [Test]
    public void Limits_and_masks_are_those_of_the_server_and_not_of_the_exec_session()
    {
        var table = ProcessTableParser.Parse(RealObservation.Hardened.ToDump());
        var vault = table.VaultServers[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(vault.Limits!.CoreFileSize, Is.EqualTo(ResourceLimit.Zero));
            Assert.That(table.ExecSession.CoreFileSize, Is.EqualTo(new ResourceLimit(0, null)));
            Assert.That(vault.Limits.LockedMemory, Is.EqualTo(new ResourceLimit(8388608, 8388608)));
            Assert.That(vault.Uids, Is.EqualTo(new long[] { 100, 100, 100, 100 }));
            Assert.That(vault.Gids, Is.EqualTo(new long[] { 1000, 1000, 1000, 1000 }));
            Assert.That(vault.Groups, Is.EqualTo(new long[] { 1000 }));
            Assert.That(vault.Capabilities, Is.EqualTo(new CapabilityMasks(0, 0, 0, 0, 0)));
            Assert.That(vault.Signals, Is.EqualTo(new SignalMasks(0xfffffffc3bba3000, 0, 0xfffffffd7fc1feff)));
            Assert.That(vault.Memory, Is.EqualTo(new ProcessMemory(0, 91996, 0)));
            Assert.That((vault.NoNewPrivileges, vault.Seccomp, vault.SeccompFilters), Is.EqualTo((1, 2, 1)));
            Assert.That(vault.State, Is.EqualTo("S"));
            Assert.That(vault.SecurityLabel, Is.Null, "the kernel has no LSM there");
        }
    }

    [Test]
    public void Chart_defaults_show_the_undropped_bounding_set()
    {
        var vault = ProcessTableParser.Parse(RealObservation.Defaults.ToDump()).VaultServers.Single();

        Assert.That(CapabilityMasks.Format(vault.Capabilities.Bounding), Is.EqualTo("00000000a80425fb"));
        Assert.That(vault.Seccomp, Is.Zero);
    }

    [Test]
    public void Mounts_keep_options_of_the_mount_and_of_the_file_system_apart()
    {
        var mounts = MountTableParser.Parse(RealObservation.Hardened.ToDump());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mounts.FindHolding("/bin")!.ReadOnly, Is.True);
            Assert.That(mounts.FindHolding("/vault/data/raft")!.ReadOnly, Is.False);
            Assert.That(mounts.FindHolding("/vault/userconfig/vault-tls/tls.key"), Has.Property(nameof(MountFacts.FileSystem)).EqualTo("tmpfs"));
            Assert.That(mounts.FindHolding("/vault/userconfig/vault-tls/tls.key")!.SuperOptions, Does.Contain("noswap"));
            Assert.That(mounts.FindHolding("/vault/config/x")!.Root, Does.EndWith("kubernetes.io~configmap/config"));
        }
    }

    [Test]
    public void Listening_sockets_are_read_from_the_kernels_byte_order()
    {
        var sockets = ListeningSocketsParser.Parse(RealObservation.Hardened.ToDump()).Sockets;

        Assert.That(sockets, Is.EqualTo(new[] { new ListeningSocket("::", 8200, 100, 455316), new ListeningSocket("::", 8201, 100, 459992) }));
    }

    [Test]
    public void Memory_of_cgroup_version_1_is_read()
    {
        var memory = MemoryParser.ReadConfinement(RealObservation.Hardened.ToDump());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(memory.SwapDevices, Is.Empty);
            Assert.That(memory.CgroupVersion, Is.EqualTo(1));
            Assert.That((memory.MemoryLimitBytes, memory.MemoryAndSwapLimitBytes, memory.Swappiness), Is.EqualTo((268435456L, 268435456L, 60)));
            Assert.That(memory.MemoryLimitKnown, Is.True);
            Assert.That(memory.SwapMax, Is.Null, "missing is not zero");
        }
    }

    [Test]
    public void No_limit_in_cgroup_version_1_is_told_from_an_unknown_limit()
    {
        var memory = MemoryParser.ReadConfinement(RealObservation.Defaults.ToDump());

        Assert.That((memory.MemoryLimitBytes, memory.MemoryLimitKnown), Is.EqualTo(((long?)null, true)));
    }

    [Test]
    public void Core_settings_of_the_node_are_read() =>
        Assert.That(MemoryParser.ReadCore(RealObservation.Hardened.ToDump()), Is.EqualTo(new CoreSettings("core", 0, 0)));
}
