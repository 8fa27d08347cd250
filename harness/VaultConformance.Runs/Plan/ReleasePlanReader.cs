using System.Text.RegularExpressions;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Vault.Setup;

namespace VaultConformance.Runs.Plan;

/// <summary>Reads what is installed.</summary>
/// <param name="reader">The settings.</param>
/// <param name="problems">Receives the problems.</param>
/// <param name="repository">Has the values file that is taken when none is given.</param>
internal sealed partial class ReleasePlanReader(PlanReader reader, PlanProblems problems, RepositoryFolder repository)
{
    private const int LongestRelease = 53;
    private const int LongestNamespace = 63;
    private static readonly string[] ClusterOwned = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public ReleasePlan Read() => new(
        ReadName(Settings.Release, LongestRelease) ?? ServerProduct.Default.DefaultRelease,
        ReadNamespace(),
        ReadChart(),
        ReadChartVersion(),
        ReadValuesFiles(),
        ReadPatches(),
        ImageName.Read(reader, Settings.VaultImage, problems),
        ReadRecipe()) { Prepare = ReadPrepared(), UnsealKeysSecret = UnsealKeysSecret(), Setup = ReadSetup() };

    /// <summary>Those that every cluster has are never the run's own, and need no cluster to be refused.</summary>
    private string? ReadNamespace()
    {
        var name = ReadName(Settings.Namespace, LongestNamespace);
        if (name is not null && ClusterOwned.Contains(name))
        {
            problems.Add(
                reader.DescribeOrigin(Settings.Namespace),
                $"'{name}' belongs to the cluster itself, and a run creates, owns and removes its namespace; choose another name, or "
                    + "leave the option out");
        }

        return name;
    }

    private string? ReadName(Setting setting, int longest)
    {
        if (reader.ReadSingle(setting) is { } name && (name.Length > longest || !NameForm.IsMatch(name)))
        {
            problems.Add(
                reader.DescribeOrigin(setting),
                $"'{name}' must be at most {longest} lower-case letters, digits and '-', and start and end with a letter or digit");
        }

        return reader.ReadSingle(setting);
    }

    private ChartReference? ReadChart()
    {
        var origin = reader.DescribeOrigin(Settings.Chart);
        var chart = reader.ReadChart() is { } text ? problems.Try(origin, () => ChartReference.Parse(text)) : null;
        if (chart is not null && LocalChart.ExplainUnusable(chart) is { } reason)
        {
            problems.Add(origin, $"'{reader.ReadSingle(Settings.Chart)}' {reason}");
        }

        return chart;
    }

    private string? ReadChartVersion()
    {
        var version = reader.ReadSingle(Settings.ChartVersion);
        if (version is not null && reader.ReadChart() is { } chart && Path.Exists(chart))
        {
            problems.Add(reader.DescribeOrigin(Settings.ChartVersion), $"version '{version}' cannot be chosen for "
                + $"'{reader.ReadSingle(Settings.Chart)}', which is one version; leave the option out");
        }

        return version;
    }

    private IReadOnlyList<string> ReadValuesFiles()
    {
        var files = reader.Has(Settings.Values) ? reader.ReadFiles(Settings.Values) : [repository.DefaultValues];
        foreach (var file in files)
        {
            foreach (var problem in YamlFile.ListProblems(file))
            {
                problems.Add(reader.DescribeOrigin(Settings.Values), $"'{file}' {problem}");
            }
        }

        return files;
    }

    private IReadOnlyList<string> ReadPatches()
    {
        var files = reader.ReadFiles(Settings.Patch);
        foreach (var file in files)
        {
            problems.Try(reader.DescribeOrigin(Settings.Patch), () => PatchSet.Parse(File.ReadAllText(file), Path.GetFileName(file)));
        }

        return files;
    }

    private List<string> ReadPrepared()
    {
        List<string> paths = [.. reader.ReadMany(Settings.Prepare).Select(reader.ToFullPath)];
        foreach (var path in paths)
        {
            if (Path.Exists(path))
            {
                problems.Try(reader.DescribeOrigin(Settings.Prepare), () => PreparedObjects.Load(path));
            }
            else
            {
                problems.Add(reader.DescribeOrigin(Settings.Prepare), $"there is no file or folder '{path}'");
            }
        }

        return paths;
    }

    private List<SetupStep> ReadSetup()
    {
        var setup = new SetupReader(problems);
        var origin = reader.DescribeOrigin(Settings.Setup);
        // The example values are compliant only together with what is written into the server.
        var files = reader.Has(Settings.Setup) || reader.Has(Settings.Values) || reader.Has(Settings.UnsealKeysFrom)
            ? reader.ReadFiles(Settings.Setup)
            : [repository.DefaultSetup];
        return [.. files.Select(file => setup.Read(origin, file)).OfType<SetupStep>()];
    }

    private string? UnsealKeysSecret()
    {
        if (reader.ReadSingle(Settings.UnsealKeysFrom) is not { } text)
        {
            return null;
        }

        if (text.Split('/') is ["secret", var name] && SecretForm.IsMatch(name))
        {
            return name;
        }

        problems.Add(
            reader.DescribeOrigin(Settings.UnsealKeysFrom),
            $"'{text}' must be secret/NAME: a Secret that the release makes in its own namespace");
        return null;
    }

    private string? ReadRecipe()
    {
        var file = reader.ReadFile(Settings.Certificates);
        if (file is not null)
        {
            problems.Try(
                reader.DescribeOrigin(Settings.Certificates),
                () => CertificateRecipeFile.Parse(File.ReadAllText(file), Path.GetFileName(file)));
        }

        return file;
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex SecretForm { get; }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm { get; }
}
