using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Vault.Setup;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Runs.Plan;

/// <summary>Everything that was decided about a run before it starts. All paths are full paths.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="Release">What is installed.</param>
/// <param name="Cluster">Where it is installed.</param>
/// <param name="Controls">What is verified.</param>
/// <param name="OutputFolder">Where results and evidence are written.</param>
/// <param name="Helm">Helm program; null for the one on PATH.</param>
/// <param name="Timeout">Longest time of the run; setting up the machine and building the offline kit are not counted.</param>
/// <param name="Keep">Leave cluster and release running.</param>
/// <param name="SetupAllowed">Whether missing programs may be installed and started.</param>
internal sealed record RunPlan(
    string RunId,
    ReleasePlan Release,
    ClusterPlan Cluster,
    ControlsPlan Controls,
    string OutputFolder,
    string? Helm,
    TimeSpan Timeout,
    bool Keep,
    bool SetupAllowed)
{
    /// <summary>What parts of the run may take.</summary>
    public RunLimits Limits => new(Timeout);

    /// <summary>Folder that the run was started in; reports name files from there.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>True when the user names the output folder.</summary>
    public bool HasOutput { get; init; }

    /// <summary>Kubernetes that is rendered for where nothing is installed; null for the one that Helm takes.</summary>
    public string? KubernetesVersion { get; init; }

    /// <summary>What decides the exit code.</summary>
    public ExitPlan Exit { get; init; } = ExitPlan.Default;

    /// <summary>Who signs the result; null when nobody does.</summary>
    public SigningPlan? Signing { get; init; }

    /// <summary>What a user should know about the values files before anything starts.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>True when the notices say everything that the chart makes of the values files.</summary>
    public bool IsChartKnown { get; init; }

    /// <summary>Where evidence is recorded.</summary>
    public string EvidenceFolder => Path.Combine(OutputFolder, EvidenceFolderName);

    /// <summary>Name of the evidence folder in the output folder.</summary>
    public const string EvidenceFolderName = "evidence";

    /// <summary>Name of the record of the run in the evidence folder.</summary>
    public const string RecordFileName = "run.json";
}

/// <summary>What is installed.</summary>
/// <param name="Name">Name of the Helm release.</param>
/// <param name="Namespace">Namespace; null when the run chooses one.</param>
/// <param name="Chart">Chart; null for the official one, or the fixture chart when offline.</param>
/// <param name="ChartVersion">Version of a chart from a registry; null for the pinned one.</param>
/// <param name="ValuesFiles">Values files in order.</param>
/// <param name="Patches">Patch files in order.</param>
/// <param name="VaultImage">Vault image instead of the chart's.</param>
/// <param name="CertificatesRecipe">Recipe of the test certificates; null for the usual ones.</param>
internal sealed record ReleasePlan(
    string Name,
    string? Namespace,
    ChartReference? Chart,
    string? ChartVersion,
    IReadOnlyList<string> ValuesFiles,
    IReadOnlyList<string> Patches,
    string? VaultImage,
    string? CertificatesRecipe)
{
    /// <summary>Files and folders of manifests that are put in place before the release.</summary>
    public IReadOnlyList<string> Prepare { get; init; } = [];

    /// <summary>Secret with the keys of a release that initialises itself; null when the run initialises it.</summary>
    public string? UnsealKeysSecret { get; init; }

    /// <summary>What configures the server after it is unsealed, in order.</summary>
    public IReadOnlyList<SetupStep> Setup { get; init; } = [];

    /// <summary>Certificate that is shown to listeners that demand one; null for one that the run issues itself.</summary>
    public ClientCertificate? ClientCertificate { get; init; }
}

/// <summary>Where it is installed.</summary>
internal abstract record ClusterPlan
{
    private ClusterPlan()
    {
    }

    /// <summary>A cluster that is started for the run and removed after it.</summary>
    /// <param name="Offline">True when no registry may be used; false when that is found out.</param>
    /// <param name="K3sImage">Node image; null for the pinned one, or the one from the offline kit.</param>
    /// <param name="ImageArchives">Image archives that the node imports.</param>
    /// <param name="Ulimits">Limits of the node.</param>
    internal sealed record Managed(
        bool Offline, string? K3sImage, IReadOnlyList<string> ImageArchives, IReadOnlyList<NodeUlimit> Ulimits) : ClusterPlan
    {
        /// <summary>StorageClasses that are made on the node.</summary>
        public IReadOnlyList<StorageClassAlias> StorageClasses { get; init; } = [];
    }

    /// <summary>Someone's own cluster.</summary>
    /// <param name="Kubeconfig">Kubeconfig file.</param>
    /// <param name="Context">Context in it.</param>
    internal sealed record Existing(string Kubeconfig, string Context) : ClusterPlan
    {
        /// <summary>True when the run may create and remove a second namespace.</summary>
        public bool AllowsSecondNamespace { get; init; }
    }
}

/// <summary>What is verified.</summary>
/// <param name="Source">The profile and its text.</param>
/// <param name="Only">Verify only these; empty for all.</param>
/// <param name="Skip">Do not verify these.</param>
/// <param name="Disruptive">Whether something in the release may be restarted, crashed or changed.</param>
internal sealed record ControlsPlan(
    ProfileSource Source, IReadOnlyList<ControlId> Only, IReadOnlyList<ControlId> Skip, bool Disruptive)
{
    public Profile Profile => Source.Profile;

    /// <summary>All controls there are.</summary>
    public required IReadOnlyList<ControlDescriptor> Catalogue { get; init; }

    /// <summary>Files of waivers, in order.</summary>
    public IReadOnlyList<WaiverFile> Waivers { get; init; } = [];
}

/// <summary>
/// What parts of a run may take: shares of <c>--timeout</c>, so that a longer one gives every part of a slow machine more time.
/// </summary>
/// <param name="Run">The whole run.</param>
internal sealed record RunLimits(TimeSpan Run)
{
    // A short run is ended by its own limit, which says so better than a share of it could.
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(2);

    /// <summary>The node comes up: two fifths, six minutes of fifteen.</summary>
    public TimeSpan Node => Share(0.4);

    /// <summary>A step of the release: a fifth, three minutes of fifteen.</summary>
    public TimeSpan Step => Share(0.2);

    /// <summary>One control with everything that it has to observe: two thirds, ten minutes of fifteen.</summary>
    public TimeSpan Control => Share(2.0 / 3);

    private TimeSpan Share(double part)
    {
        var share = Run * part;
        return share >= Least ? share : Run < Least ? Run : Least;
    }
}

/// <summary>Who signs the result of a run. The key is read before anything starts, so that a run does not end at a missing file.</summary>
/// <param name="Key">The key.</param>
/// <param name="Warnings">Sentences about how the key is kept.</param>
internal sealed record SigningPlan(SigningKey Key, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads it; null when nobody is to sign, or the key cannot be used.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="problems">Receives the problem.</param>
    /// <param name="context">Environment and folder.</param>
    public static SigningPlan? Read(PlanReader reader, PlanProblems problems, PlanContext context)
    {
        if (reader.ReadSingle(Settings.SignKey) is not { } given)
        {
            return null;
        }

        try
        {
            var source = new KeySource(context.Variables, context.WorkingFolder);
            return new SigningPlan(
                SigningKey.Parse(source.Read(reader.DescribeOrigin(Settings.SignKey), given)), source.ListWarnings(given));
        }
        catch (AttestationException exception)
        {
            problems.Add(exception.Message);
            return null;
        }
    }
}
