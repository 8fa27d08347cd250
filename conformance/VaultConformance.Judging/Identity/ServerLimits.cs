using System.Globalization;
using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Identity;

/// <summary>Whether the limits that would stop a server are high enough. What Vault has no room for ends in errors to clients.</summary>
internal static class ServerLimits
{
    private const ulong Files = 65536;
    private const ulong Tasks = 1024;
    private const string Unlimited = "unlimited";

    /// <summary>Judges how many files and connections a server may have open.</summary>
    /// <param name="server">The server process.</param>
    /// <param name="given">What the container runtime gives to processes of the container.</param>
    /// <param name="borrowed">True in a cluster that was made for the run, whose limits are those of the machine that it runs on.</param>
    public static Judgement JudgeOpenFiles(ProcessFacts server, ProcessLimits given, bool borrowed)
    {
        var fact = $"open files of {server.DescribeLabel()}";
        var expected = $"at least {Files}";
        return server.Limits?.OpenFiles is not { } limit
            ? Judgement.Unknown(fact, expected, "the limit was not recorded")
            : borrowed && limit.Hard < Files && limit == given.OpenFiles
            ? Judgement.Irrelevant(
                fact, $"{Describe(limit.Soft)}: the limit of the machine that this cluster was made on, which no node of yours has to have")
            : Judgement.Of(fact, limit.Soft is null or >= Files, expected, Describe(limit.Soft))
                .Saying(found => $"The server may have {found} files and connections open; {Files} are advised.");
    }

    /// <summary>Judges how many processes and threads the container may have.</summary>
    /// <param name="confinement">What the cgroup says.</param>
    public static Judgement JudgeTasks(MemoryConfinement confinement)
    {
        const string Fact = "processes and threads of the container";
        var expected = $"at least {Tasks}";
        return confinement.PidsMax switch
        {
            null => Judgement.Unknown(Fact, expected, "the limit of the cgroup was not recorded"),
            "max" => Judgement.Of(Fact, true, expected, "unlimited (what the kubelet allows the whole pod cannot be seen from inside)"),
            var text when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) =>
                Judgement.Of(Fact, limit >= Tasks, expected, Describe(limit))
                    .Saying(
                        found => $"The server's container may have {found} processes and threads; a busy server needs {Tasks} or more."),
            var text => Judgement.Unknown(Fact, expected, $"the limit of the cgroup is '{text}'"),
        };
    }

    /// <summary>Judges the space on the node's disk that a pod may take, against what its volumes may take.</summary>
    /// <param name="pod">The pod.</param>
    public static Judgement JudgeStorage(V1Pod pod)
    {
        const string Fact = "limit of ephemeral storage";
        if (FindStorageLimit(pod.Spec) is not { } limit)
        {
            return Judgement.Of(Fact, true, "none, or enough for the volumes", "none");
        }

        var volumes = (pod.Spec.Volumes ?? []).Where(volume => volume.EmptyDir is { Medium: null or "" }).ToList();
        var open = volumes.Where(volume => volume.EmptyDir.SizeLimit is null).Select(volume => volume.Name).ToList();
        var sizes = volumes.Select(volume => volume.EmptyDir.SizeLimit).OfType<ResourceQuantity>().Sum(size => size.ToDecimal());
        return open.Count > 0
            ? Judgement.Of(
                    Fact, false, "enough for the volumes", $"{DescribeBytes(limit)} for volumes without a size: {string.Join(", ", open)}")
                .Saying($"The pod is evicted when it takes more than {DescribeBytes(limit)}, and these volumes may grow without end: "
                    + $"{string.Join(", ", open)}.")
            : Judgement.Of(Fact, limit >= sizes, $"at least {DescribeBytes(sizes)}, which the volumes may take", DescribeBytes(limit))
                .Saying(found => $"The pod is evicted when it takes more than {found}, and its volumes may take {DescribeBytes(sizes)}.");
    }

    // As the kubelet counts: the sum of what runs side by side, or the most that a single init container may take.
    private static decimal? FindStorageLimit(V1PodSpec specification)
    {
        var starting = specification.InitContainers ?? [];
        var beside = (specification.Containers ?? []).Concat(starting.Where(container => container.RestartPolicy == "Always"))
            .Select(container => FindLimit(container.Resources)).OfType<decimal>().ToList();
        var first = starting.Select(container => FindLimit(container.Resources)).OfType<decimal>();
        return first.Concat(beside.Count == 0 ? [] : [beside.Sum()]).Select(limit => (decimal?)limit).Max();
    }

    private static decimal? FindLimit(V1ResourceRequirements? resources) =>
        resources?.Limits?.TryGetValue("ephemeral-storage", out var limit) == true ? limit.ToDecimal() : null;

    private static string Describe(ulong? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? Unlimited;

    private static string DescribeBytes(decimal bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:0} bytes");
}
