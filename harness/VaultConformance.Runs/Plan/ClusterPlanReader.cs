using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;

namespace VaultConformance.Runs.Plan;

/// <summary>Reads where a release is installed, and refuses settings that contradict each other.</summary>
/// <param name="reader">The settings.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed class ClusterPlanReader(PlanReader reader, PlanProblems problems)
{
    private static readonly Setting[] OnlyManaged =
        [Settings.K3sImage, Settings.ImageArchive, Settings.NodeUlimit, Settings.StorageClassMap];

    public ClusterPlan Read() => reader.Has(Settings.Kubeconfig) || reader.Has(Settings.Context) ? ReadExisting() : ReadManaged();

    private ClusterPlan.Existing ReadExisting()
    {
        foreach (var setting in OnlyManaged.Where(reader.Has))
        {
            problems.Add(
                reader.DescribeOrigin(setting),
                "belongs to a cluster that is started for the run, not to an existing one; leave it or --kubeconfig out");
        }

        if (reader.Switch(Settings.Offline))
        {
            problems.Add(
                reader.DescribeOrigin(Settings.Offline), "starts a cluster without a registry and cannot be used with --kubeconfig; name "
                    + "--chart and --vault-image that the existing cluster can reach");
        }

        RequireTogether(
            Settings.Kubeconfig,
            Settings.Context,
            "name the context too ('current' takes the file's current one); no context is ever assumed");
        RequireTogether(Settings.Context, Settings.Kubeconfig, "name the kubeconfig too; none is ever assumed");
        return new ClusterPlan.Existing(
            reader.ReadFile(Settings.Kubeconfig) ?? string.Empty, reader.ReadSingle(Settings.Context) ?? string.Empty)
        {
            AllowsSecondNamespace = reader.Switch(Settings.AllowSecondNamespace),
        };
    }

    private ClusterPlan.Managed ReadManaged()
    {
        if (reader.Switch(Settings.AllowSecondNamespace))
        {
            problems.Add(
                reader.DescribeOrigin(Settings.AllowSecondNamespace),
                "is for an existing cluster; one that is started for the run gets a second namespace in any case");
        }

        var offline = reader.Switch(Settings.Offline);
        if (offline && reader.ReadChart() is { } chart && !Path.Exists(chart) && IsFromNetwork(chart))
        {
            problems.Add(
                reader.DescribeOrigin(Settings.Offline),
                $"contradicts --chart '{chart}', which comes from the network; give a chart directory or .tgz file");
        }

        if (offline && !reader.Has(Settings.Chart) && reader.ReadSingle(Settings.ChartVersion) is { } version)
        {
            problems.Add(
                reader.DescribeOrigin(Settings.ChartVersion),
                $"chart {version} cannot be fetched with --offline; give the chart as a file (--chart FILE.tgz)");
        }

        return new ClusterPlan.Managed(
            offline, ImageName.Read(reader, Settings.K3sImage, problems), reader.ReadFiles(Settings.ImageArchive), ReadUlimits())
        {
            StorageClasses = ReadAliases(),
        };
    }

    private List<StorageClassAlias> ReadAliases()
    {
        var origin = reader.DescribeOrigin(Settings.StorageClassMap);
        List<StorageClassAlias> aliases =
        [
            .. reader.ReadMany(Settings.StorageClassMap).Select(text => problems.Try(origin, () => StorageClassAlias.Parse(text)))
                .OfType<StorageClassAlias>(),
        ];
        foreach (var name in aliases.GroupBy(alias => alias.Wanted).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            problems.Add(origin, $"'{name}' is given more than once");
        }

        return aliases;
    }

    private List<NodeUlimit> ReadUlimits()
    {
        var origin = reader.DescribeOrigin(Settings.NodeUlimit);
        List<NodeUlimit> limits = [
            .. reader.ReadMany(Settings.NodeUlimit).Select(text => problems.Try(origin, () => NodeUlimit.Parse(text))).OfType<NodeUlimit>()
        ];
        foreach (var name in limits.GroupBy(limit => limit.Name).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            problems.Add(origin, $"'{name}' is given more than once");
        }

        return limits;
    }

    private void RequireTogether(Setting given, Setting needed, string advice)
    {
        if (reader.Has(given) && !reader.Has(needed))
        {
            problems.Add(reader.DescribeOrigin(given), $"needs {needed.Option}: {advice}");
        }
    }

    // Whether the chart can be read at all is told once, with the release.
    private static bool IsFromNetwork(string chart) =>
        new PlanProblems().Try(Settings.Chart.Option, () => ChartReference.Parse(chart))
            is { Kind: ChartSource.Oci or ChartSource.Repository };
}
