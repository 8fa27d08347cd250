using System.Text;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>What a real pod showed, as recorded once: sections <c>=== path</c>, NUL written as <c>^@</c>.</summary>
internal sealed class RealObservation
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["/proc/sys/kernel/core_pattern"] = "core-pattern",
        ["/proc/sys/kernel/core_uses_pid"] = "core-uses-pid",
        ["/proc/sys/fs/suid_dumpable"] = "suid-dumpable",
        ["/proc/net/tcp"] = "tcp",
        ["/proc/net/tcp6"] = "tcp6",
        ["/proc/swaps"] = "swaps",
        ["/proc/1/mountinfo"] = "mountinfo",
        ["/proc/self/limits"] = "self-limits",
        ["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = "memory.limit_in_bytes",
        ["/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes"] = "memory.memsw.limit_in_bytes",
        ["/sys/fs/cgroup/memory/memory.swappiness"] = "memory.swappiness",
    };

    private RealObservation(IReadOnlyDictionary<string, string> sections) => Sections = sections;

    /// <summary>Hardened release, one of three pods.</summary>
    public static RealObservation Hardened => Load("hardened-pod.txt");

    /// <summary>Chart defaults, one pod.</summary>
    public static RealObservation Defaults => Load("defaults-pod.txt");

    /// <summary>Content by path; what could not be read is not there.</summary>
    public IReadOnlyDictionary<string, string> Sections { get; }

    /// <summary>The same facts in the form that the dump script prints.</summary>
    public PodDump ToDump()
    {
        const string Marker = "vc0123456789abcdef";
        var request = new DumpRequest(new PodContainer("vault", "vault-0", "vault"), [], []);
        return new PodDump(request, DumpFrames.Parse(Marker, Encoding.UTF8.GetBytes(ToOutput(Marker))));
    }

    /// <summary>What the dump script would have printed.</summary>
    public string ToOutput(string marker)
    {
        var output = new StringBuilder();
        foreach (var (path, content) in Sections)
        {
            if (NameOf(path) is { } name)
            {
                output.Append('\n').Append(marker).Append(' ').Append(name).Append('\n').Append(content)
                    .Append('\n').Append(marker).Append(" = 0\n");
            }
        }

        output.Append('\n').Append(marker).Append(" cgroup\n1\n").Append(marker).Append(" = 0\n");
        output.Append('\n').Append(marker).Append(" writes\n/\0refused\0sh: can't create /.vc: Read-only file system\0\n").Append(marker).Append(" = 0\n");
        output.Append('\n').Append(marker).Append(" leftovers\n\n").Append(marker).Append(" = 0\n");
        output.Append('\n').Append(marker).Append(" words\nsleep\0y\0\n").Append(marker).Append(" = 0\n");
        output.Append('\n').Append(marker).Append(" version\nVault v1\n").Append(marker).Append(" = 0\n");
        return output.Append('\n').Append(marker).Append(" done\n").ToString();
    }

    private static string? NameOf(string path) =>
        Names.GetValueOrDefault(path)
        ?? (path.Split('/', 4) is ["", "proc", var pid, var part] && pid.All(char.IsAsciiDigit) ? $"process {pid} {part}" : null);

    private static RealObservation Load(string file)
    {
        var text = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Probes", "Data", file));
        var sections = text.Split("=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(section => section.Split('\n', 2))
            .Where(section => section.Length == 2 && !section[1].StartsWith("cat: ", StringComparison.Ordinal))
            .ToDictionary(section => section[0].Split(' ')[0], section => Content(section[0], section[1]));
        return new RealObservation(sections);
    }

    private static string Content(string header, string content) =>
        header.Contains("cmdline", StringComparison.Ordinal) ? content.TrimEnd('\n').Replace("^@", "\0", StringComparison.Ordinal) : content;
}
