using System.Text.RegularExpressions;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Tls.Authority;

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

    /// <summary>Reads it.</summary>
    public ReleasePlan Read() => new(
        Name(Settings.Release, LongestRelease) ?? ServerProduct.Default.DefaultRelease,
        Namespace(),
        Chart(),
        ChartVersion(),
        ValuesFiles(),
        Patches(),
        ImageName.Read(reader, Settings.VaultImage, problems),
        Recipe()) { Prepare = Prepared(), UnsealKeysSecret = UnsealKeysSecret() };

    /// <summary>Those that every cluster has are never the run's own, and need no cluster to be refused.</summary>
    private string? Namespace()
    {
        var name = Name(Settings.Namespace, LongestNamespace);
        if (name is not null && ClusterOwned.Contains(name))
        {
            problems.Add(
                reader.Origin(Settings.Namespace),
                $"'{name}' belongs to the cluster itself, and a run creates, owns and removes its namespace; choose another name, or leave the option out");
        }

        return name;
    }

    private string? Name(Setting setting, int longest)
    {
        if (reader.Single(setting) is { } name && (name.Length > longest || !NameForm().IsMatch(name)))
        {
            problems.Add(reader.Origin(setting), $"'{name}' must be at most {longest} lower-case letters, digits and '-', and start and end with a letter or digit");
        }

        return reader.Single(setting);
    }

    private ChartReference? Chart() =>
        reader.Chart() is { } text ? problems.Try(reader.Origin(Settings.Chart), () => ChartReference.Parse(text)) : null;

    private string? ChartVersion()
    {
        var version = reader.Single(Settings.ChartVersion);
        if (version is not null && reader.Chart() is { } chart && Path.Exists(chart))
        {
            problems.Add(reader.Origin(Settings.ChartVersion), $"version '{version}' cannot be chosen for '{reader.Single(Settings.Chart)}', which is one version; leave the option out");
        }

        return version;
    }

    private IReadOnlyList<string> ValuesFiles()
    {
        var files = reader.Has(Settings.Values) ? reader.Files(Settings.Values) : [repository.DefaultValues];
        foreach (var file in files)
        {
            if (YamlFile.WhyNoMapping(file) is { } reason)
            {
                problems.Add(reader.Origin(Settings.Values), $"'{file}' {reason}");
            }
        }

        return files;
    }

    private IReadOnlyList<string> Patches()
    {
        var files = reader.Files(Settings.Patch);
        foreach (var file in files)
        {
            problems.Try(reader.Origin(Settings.Patch), () => PatchSet.Parse(File.ReadAllText(file), Path.GetFileName(file)));
        }

        return files;
    }

    private List<string> Prepared()
    {
        List<string> paths = [.. reader.Many(Settings.Prepare).Select(reader.FullPath)];
        foreach (var path in paths)
        {
            if (Path.Exists(path))
            {
                problems.Try(reader.Origin(Settings.Prepare), () => PreparedObjects.Load(path));
            }
            else
            {
                problems.Add(reader.Origin(Settings.Prepare), $"there is no file or folder '{path}'");
            }
        }

        return paths;
    }

    private string? UnsealKeysSecret()
    {
        if (reader.Single(Settings.UnsealKeysFrom) is not { } text)
        {
            return null;
        }

        if (text.Split('/') is ["secret", var name] && SecretForm().IsMatch(name))
        {
            return name;
        }

        problems.Add(reader.Origin(Settings.UnsealKeysFrom), $"'{text}' must be secret/NAME: a Secret that the release makes in its own namespace");
        return null;
    }

    private string? Recipe()
    {
        var file = reader.File(Settings.Certificates);
        if (file is not null)
        {
            problems.Try(reader.Origin(Settings.Certificates), () => CertificateRecipeFile.Parse(File.ReadAllText(file), Path.GetFileName(file)));
        }

        return file;
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex SecretForm();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
