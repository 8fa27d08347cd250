using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Plan;

/// <summary>Says a plan in lines of name and value, before anything starts.</summary>
internal static class RunPlanText
{
    /// <summary>The lines.</summary>
    /// <param name="plan">The plan.</param>
    public static IReadOnlyList<SubjectFact> Describe(RunPlan plan)
    {
        List<SubjectFact?> facts =
        [
            new("run", plan.RunId),
            .. DescribeCluster(plan.Cluster),
            new("chart", $"{plan.Release.Chart?.Shown ?? DescribeChart(plan.Cluster)}"
                + $"{AddPrefix(" version ", plan.Release.ChartVersion)}"),
            .. plan.Release.ValuesFiles.Select(file => new SubjectFact("values", file)),
            .. plan.Release.Patches.Select(file => new SubjectFact("patch", file)),
            DescribeOptional("certificates", plan.Release.CertificatesRecipe),
            .. plan.Release.Prepare.Select(path => new SubjectFact("prepare", path)),
            DescribeOptional("unseal keys", plan.Release.UnsealKeysSecret is { } secret ? $"from secret/{secret}" : null),
            .. plan.Release.Setup.Select(step => new SubjectFact("setup", step.Name)),
            DescribeOptional("client", plan.Release.ClientCertificate?.ToString()),
            DescribeOptional("vault image", plan.Release.VaultImage),
            new("release", $"{plan.Release.Name}, {(plan.Release.Namespace is { } given ? $"namespace {given}" : "own namespace")}"),
            DescribeOptional("helm", plan.Helm),
            new("profile", plan.Controls.Profile.Reference),
            .. plan.Controls.Waivers.Select(file => new SubjectFact("waivers", file.Path)),
            new("controls", DescribeSelection(plan.Controls)),
            new("output", plan.OutputFolder),
            DescribeOptional("signing key", plan.Signing?.Key.KeyId),
            new("limits", $"{Duration.Format(plan.Timeout)}{(plan.Keep ? ", keep everything running" : "")}"
                + $"{(plan.SetupAllowed ? "" : ", install nothing")}"),
        ];
        return [.. facts.OfType<SubjectFact>()];
    }

    private static string DescribeChart(ClusterPlan cluster) => cluster is ClusterPlan.Managed { Offline: true }
        ? "the fixture chart (offline)"
        : "the official one, or the fixture chart if no registry answers";

    private static IEnumerable<SubjectFact> DescribeCluster(ClusterPlan cluster) => cluster switch
    {
        ClusterPlan.Existing existing =>
        [
            new SubjectFact(
                "cluster", $"context '{existing.Context}' of {existing.Kubeconfig}"
                    + (existing.AllowsSecondNamespace ? ", with a second namespace" : string.Empty)),
        ],
        ClusterPlan.Managed managed =>
        [
            new SubjectFact(
                "cluster", $"K3s in Docker (image: {managed.K3sImage ?? DescribeImage(managed)}){(managed.Offline ? ", offline" : "")}"),
            .. managed.ImageArchives.Select(file => new SubjectFact("image archive", file)),
            .. managed.Ulimits.Select(limit => new SubjectFact("node", limit.ToString())),
            .. managed.StorageClasses.Select(alias => new SubjectFact("storage", alias.ToString())),
        ],
        _ => [],
    };

    private static string DescribeImage(ClusterPlan.Managed managed) =>
        managed.Offline ? "built locally" : "rancher/k3s, or built locally if no registry answers";

    private static string DescribeSelection(ControlsPlan controls)
    {
        var selected = controls.Only.Count == 0 ? "all" : "only " + string.Join(", ", controls.Only);
        var skipped = controls.Skip.Count == 0 ? "" : ", without " + string.Join(", ", controls.Skip);
        return selected + skipped + (controls.Disruptive ? "" : ", nothing disruptive");
    }

    private static SubjectFact? DescribeOptional(string name, string? value) => value is null ? null : new SubjectFact(name, value);

    private static string AddPrefix(string prefix, string? value) => value is null ? string.Empty : prefix + value;
}
