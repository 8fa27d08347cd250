using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Judging;

/// <summary>Whether the container runs Vault and nothing else.</summary>
internal static class ProcessHygiene
{
    // The last is the image's entrypoint script behind dumb-init, cut by the kernel at fifteen characters.
    private static readonly string[] Known = ["sh", "ash", "bash", "busybox", "dumb-init", "tini", "catatonit", "vault", "bao", "docker-entrypoi"];

    /// <summary>Judges the process table.</summary>
    /// <param name="table">Processes of the server container.</param>
    /// <param name="parameters">Parameters of the profile.</param>
    public static IEnumerable<Judgement> Judge(ProcessTable table, ProfileParameters parameters)
    {
        var zombies = table.Workload.Where(process => process.State == "Z").ToList();
        var strangers = table.Workload.Except(zombies)
            .Where(process => !Known.Contains(process.Comm) && !parameters.DeclaredProcesses.Contains(process.Comm));
        yield return Judgement.None("processes beside the shell, the init and Vault", strangers.Select(Servers.Label));
        yield return Judgement.None("zombies", zombies.Select(Servers.Label));
    }

    /// <summary>Judges the pod.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="sidecars">Names of the containers beside the server.</param>
    /// <param name="parameters">Parameters of the profile.</param>
    public static IEnumerable<Judgement> Judge(V1Pod pod, IReadOnlyList<string> sidecars, ProfileParameters parameters)
    {
        var undeclared = sidecars.Except(parameters.DeclaredContainers).ToList();
        yield return Judgement.None("containers beside the server that are not declared", undeclared);
        var shared = pod.Spec.ShareProcessNamespace == true;
        var declared = sidecars.Count > 0 && undeclared.Count == 0;
        yield return Judgement.Of(
            "shareProcessNamespace",
            !shared || declared,
            "false, or only with declared containers",
            shared ? $"true with {(sidecars.Count == 0 ? "no other container" : string.Join(", ", sidecars))}" : "false");
    }
}
