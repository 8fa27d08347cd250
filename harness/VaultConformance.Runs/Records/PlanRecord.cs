using System.Text.RegularExpressions;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Records;

/// <summary>What was asked for, as <c>plan.json</c> in a bundle keeps it: names and options, no paths of the machine, no secrets.</summary>
internal sealed partial record PlanRecord(
    string Chart,
    string? ChartVersion,
    string Release,
    string? Namespace,
    IReadOnlyList<string> Values,
    IReadOnlyList<string> Patches,
    string? Certificates,
    string? VaultImage,
    string Profile,
    IReadOnlyList<string> Only,
    IReadOnlyList<string> Skip,
    IReadOnlyList<string> Planned,
    bool Disruptive,
    PlanCluster Cluster,
    double TimeoutSeconds)
{
    /// <summary>Names of the files and folders of manifests that were put in place before the release.</summary>
    public IReadOnlyList<string> Prepare { get; init; } = [];

    /// <summary>Secret with the keys of a release that initialises itself; null when the run initialised it.</summary>
    public string? UnsealKeysFrom { get; init; }

    /// <summary>Names of the files that configured the server after it was unsealed.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>SHA-256 of the client certificate that the user gave; null when the run issued one itself.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>The record of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="planned">Ids of the controls that it came to.</param>
    public static PlanRecord From(RunPlan plan, IReadOnlyList<string> planned) => new(
        plan.Release.Chart is { } chart ? WithoutPassword(chart.Shown) : "official",
        plan.Release.ChartVersion,
        plan.Release.Name,
        plan.Release.Namespace,
        [.. plan.Release.ValuesFiles.Select(GetName)],
        [.. plan.Release.Patches.Select(GetName)],
        plan.Release.CertificatesRecipe is { } recipe ? GetName(recipe) : null,
        plan.Release.VaultImage,
        plan.Controls.Profile.Reference,
        [.. plan.Controls.Only.Select(id => id.ToString())],
        [.. plan.Controls.Skip.Select(id => id.ToString())],
        planned,
        plan.Controls.Disruptive,
        PlanCluster.From(plan.Cluster),
        plan.Timeout.TotalSeconds)
    {
        Prepare = [.. plan.Release.Prepare.Select(path => GetName(Path.TrimEndingDirectorySeparator(path)))],
        UnsealKeysFrom = plan.Release.UnsealKeysSecret is { } secret ? $"secret/{secret}" : null,
        Setup = [.. plan.Release.Setup.Select(step => step.Name)],
        ClientCertificate = plan.Release.ClientCertificate?.Sha256,
    };

    private static string GetName(string path) => Path.GetFileName(path);

    private static string WithoutPassword(string url) => UserInfo.Replace(url, "://***@");

    [GeneratedRegex("://[^/@]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo { get; }
}

/// <summary>Where the release was to be installed.</summary>
/// <param name="Kind"><c>managed</c> for a cluster of the run's own, <c>existing</c> for someone's.</param>
/// <param name="Offline">True when no registry was to be used.</param>
/// <param name="NodeImage">Node image that was asked for.</param>
/// <param name="ImageArchives">Names of the image archives for the node.</param>
/// <param name="NodeUlimits">Limits of the node.</param>
internal sealed record PlanCluster(
    string Kind, bool Offline, string? NodeImage, IReadOnlyList<string> ImageArchives, IReadOnlyList<string> NodeUlimits)
{
    /// <summary>StorageClasses that were made on the node, each with the one that it is a copy of.</summary>
    public IReadOnlyList<string> StorageClasses { get; init; } = [];

    /// <summary>True when a run on an existing cluster was allowed a second namespace.</summary>
    public bool SecondNamespace { get; init; }

    /// <summary>The record of a cluster plan; an existing cluster is not named, for its name is its owner's business.</summary>
    /// <param name="cluster">The plan.</param>
    public static PlanCluster From(ClusterPlan cluster) => cluster is ClusterPlan.Managed managed
        ? new PlanCluster(
            "managed",
            managed.Offline,
            managed.K3sImage,
            [.. managed.ImageArchives.Select(path => Path.GetFileName(path))],
            [.. managed.Ulimits.Select(limit => limit.ToString())])
        {
            StorageClasses = [.. managed.StorageClasses.Select(alias => alias.ToString())],
        }
        : new PlanCluster("existing", false, null, [], [])
        {
            SecondNamespace = cluster is ClusterPlan.Existing { AllowsSecondNamespace: true },
        };
}
