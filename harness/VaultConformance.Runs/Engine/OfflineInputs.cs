using VaultConformance.Harness;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>Refuses, before anything is built, what nothing on this machine can provide while no registry answers.</summary>
internal static class OfflineInputs
{
    /// <summary>Refuses it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="managed">The cluster of the plan.</param>
    /// <exception cref="HarnessException">Something is out of reach.</exception>
    public static void RequireWithinReach(RunPlan plan, ClusterPlan.Managed managed)
    {
        var problems = new PlanProblems();
        if (plan.Release is { Chart: null, ChartVersion: { } version })
        {
            problems.Add($"No registry answers, so chart {version} cannot be fetched. Give the chart as a file (--chart FILE.tgz).");
        }

        // A node image of the user's own may hold the image; the one that is built here does not.
        if (plan.Release.VaultImage is { } image && managed.K3sImage is null
            && ImageArchives.ListNames(managed.ImageArchives) is { } names && !names.Contains(ImageArchives.Normalize(image)))
        {
            problems.Add($"No registry answers, and image '{image}' is in none of the image archives{Describe(names)}. Save it where a "
                + $"registry answers ('docker save {image} -o vault.tar') and give the file with --image-archive.");
        }

        problems.ThrowIfAny();
    }

    private static string Describe(IReadOnlyList<string> names) =>
        names.Count == 0 ? string.Empty : $" (they hold {string.Join(", ", names)})";
}
