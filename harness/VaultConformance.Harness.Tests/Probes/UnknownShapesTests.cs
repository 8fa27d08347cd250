using System.Text;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>What has another shape than the kernel writes is not known; it is never read as something harmless.</summary>
public sealed class UnknownShapesTests
{
    private const string Marker = "vc0123456789abcdef";
    private const string Headings = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
    private const string Limits = "Limit Soft Hard Units\nMax core file size 0 0 bytes\nMax locked memory 8 8 bytes\n";
    private const string Status = "Name:\tvault\nState:\tS (sleeping)\nPPid:\t0\nUid:\t1\t1\t1\t1\nGid:\t1\t1\t1\t1\nCapEff:\t0000000000000000\nSigBlk:\t0000000000000000\n";

    [TestCase("", Description = "masked by /dev/null")]
    [TestCase("\n")]
    [TestCase("/dev/sda2 partition 1024 0 -2\n", Description = "no headings")]
    [TestCase("Filename Type Size\n", Description = "columns are missing")]
    [TestCase(Headings + "/dev/sda2 partition 1024\n")]
    [TestCase(Headings + "/dev/sda2 partition lots none -2\n")]
    public void Swaps_of_another_shape_are_unknown(string swaps) => Assert.That(Memory(("swaps", swaps)).SwapDevices, Is.Null);

    [TestCase(Headings, 0)]
    [TestCase(Headings + "/dev/sda2                               partition\t1024\t\t0\t\t-2\n", 1)]
    [TestCase(Headings + "/swap\\040file file 1024 4 -2\n", 1)]
    public void Swaps_as_the_kernel_writes_them_are_read(string swaps, int devices) => Assert.That(Memory(("swaps", swaps)).SwapDevices, Has.Count.EqualTo(devices));

    [TestCase("00")]
    [TestCase("0 0")]
    [TestCase("-0")]
    [TestCase("zero")]
    [TestCase("")]
    public void A_swap_limit_of_another_shape_is_unknown(string text) => Assert.That(Memory(("cgroup", "2"), ("memory.swap.max", text)).SwapMax, Is.Null);

    [TestCase("0")]
    [TestCase("max")]
    [TestCase("4096")]
    public void A_swap_limit_is_read(string text) => Assert.That(Memory(("cgroup", "2"), ("memory.swap.max", text + "\n")).SwapMax, Is.EqualTo(text));

    [TestCase("max")]
    [TestCase("512")]
    public void A_limit_of_processes_is_read(string text) => Assert.That(Memory(("cgroup", "1"), ("pids.max", text + "\n")).PidsMax, Is.EqualTo(text));

    [TestCase("")]
    [TestCase(null)]
    public void A_limit_of_processes_that_is_not_there_is_unknown(string? text) =>
        Assert.That(Memory(text is null ? [("cgroup", "2")] : [("cgroup", "2"), ("pids.max", text)]).PidsMax, Is.Null);

    [TestCase("Max open files 1024 524288 files\n", 1024ul)]
    [TestCase("Max open files many 524288 files\n", null)]
    [TestCase("Max open files 1024\n", null)]
    [TestCase("", null)]
    public void Open_files_are_read_or_unknown(string line, ulong? soft) => Assert.That(LimitsParser.Parse(Limits + line)?.OpenFiles?.Soft, Is.EqualTo(soft));

    [TestCase("unlimited")]
    [TestCase("x")]
    [TestCase("")]
    public void A_memory_limit_of_another_shape_is_unknown(string text) => Assert.That(Memory(("cgroup", "2"), ("memory.max", text)).MemoryLimitKnown, Is.False);

    [TestCase("CapBnd:\t000000000000000000ffff\n", "CapBnd", Description = "wider than a mask")]
    [TestCase("SigIgn:\tnone\n", "SigIgn")]
    [TestCase("VmLck:\tmany kB\n", "VmLck")]
    [TestCase("CapEff:\t0000000000000000\n", "CapEff", Description = "given twice")]
    public void A_status_with_a_garbled_line_is_refused(string line, string key) => Assert.That(
        () => Processes(Status + line),
        Throws.TypeOf<PodDumpException>().With.Message.EqualTo($"container 'vault' of pod 'vault/vault-0' shows a status of process 1 that cannot be read: {key}."));

    [TestCase("Name:\tx\nUid:\t0\t0\t0\t0\nGid:\t1\t1\t1\t1\n", Description = "no parent")]
    [TestCase("Name:\tx\nPPid:\t0\nUid:\t0\nGid:\t1\t1\t1\t1\n")]
    public void A_process_whose_status_cannot_be_read_does_not_drop_out(string status) => Assert.That(
        () => Processes(Status, ("process 9 status", status), ("process 9 comm", "x\n")),
        Throws.TypeOf<PodDumpException>().With.Message.Contains("shows a status of process 9 that cannot be read"));

    [Test]
    public void Secrets_in_arguments_of_their_own_are_taken_out()
    {
        var table = Processes(Status, ("process 9 status", Status), ("process 9 comm", "vault\n"), ("process 9 cmdline", "vault\0login\0FieldRootTok_7731\0"));

        Assert.That(table.Processes[1].CommandLine, Is.EqualTo((string[])["vault", "login", "***"]));
    }

    [Test]
    public void Signal_masks_that_are_not_shown_are_unknown()
    {
        var signals = Processes(Status).Processes[0].Signals;

        Assert.That((signals.Blocked, signals.Ignored, signals.Caught), Is.EqualTo((0UL, (ulong?)null, (ulong?)null)));
    }

    [TestCase("garbage\n")]
    [TestCase("440 381 0:161 / / rw,relatime - overlay overlay rw\nbroken line\n")]
    [TestCase("440 381 0:161 / / relatime,ro - overlay overlay rw\n", Description = "does not begin with the access")]
    public void A_mount_table_with_a_line_that_is_none_is_refused(string table) =>
        Assert.That(() => MountTableParser.Parse(Dump(("mountinfo", table))), Throws.TypeOf<PodDumpException>().With.Message.Contains("a mount table that cannot be read"));

    [TestCase("rw,relatime", "rw,lowerdir=/a,ro,upperdir=/b", false, Description = "ro is part of a path")]
    [TestCase("rw,relatime", "ro,lowerdir=/a", true)]
    [TestCase("ro,relatime", "rw", true)]
    public void Only_the_access_says_that_a_mount_is_read_only(string options, string superOptions, bool readOnly)
    {
        var mounts = MountTableParser.Parse(Dump(("mountinfo", $"440 381 0:161 / / {options} - overlay overlay {superOptions}\n")));

        Assert.That(mounts.Mounts[0].ReadOnly, Is.EqualTo(readOnly));
    }

    private static MemoryConfinement Memory(params (string Name, string Content)[] frames) => MemoryParser.ReadConfinement(Dump(frames));

    private static ProcessTable Processes(string status, params (string Name, string Content)[] frames) => ProcessTableParser.Parse(
        Dump([("process 1 status", status), ("process 1 comm", "vault\n"), ("self-limits", Limits), .. frames]));

    private static PodDump Dump(params (string Name, string Content)[] frames)
    {
        var output = string.Concat(frames.Select(frame => $"\n{Marker} {frame.Name}\n{frame.Content}\n{Marker} = 0\n")) + $"\n{Marker} done\n";
        return new PodDump(new DumpRequest(new PodContainer("vault", "vault-0", "vault"), [], []), DumpFrames.Parse(Marker, Encoding.UTF8.GetBytes(output)));
    }
}
