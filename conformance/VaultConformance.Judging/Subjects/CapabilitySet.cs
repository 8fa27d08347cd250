namespace VaultConformance.Judging.Subjects;

/// <summary>Names of the bits in a capability mask.</summary>
internal static class CapabilitySet
{
    private static readonly string[] Names =
    [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE",
        "NET_BIND_SERVICE",
        "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE",
        "SYS_PACCT", "SYS_ADMIN",
        "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
        "MAC_OVERRIDE",
        "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE",
    ];

    /// <summary>The capabilities of a mask by name without <c>CAP_</c>; bits without a name by number.</summary>
    /// <param name="mask">The mask.</param>
    public static IReadOnlyList<string> List(ulong mask) =>
        [.. Enumerable.Range(0, 64).Where(bit => (mask >> bit & 1) == 1).Select(bit => bit < Names.Length ? Names[bit] : $"bit {bit}")];

    /// <summary>A mask in words.</summary>
    /// <param name="mask">The mask.</param>
    public static string Format(ulong mask) => mask == 0 ? "none" : string.Join(", ", List(mask));
}
