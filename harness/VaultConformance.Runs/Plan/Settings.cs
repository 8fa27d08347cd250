using static VaultConformance.Runs.Plan.SettingKind;

namespace VaultConformance.Runs.Plan;

/// <summary>All settings of a run.</summary>
internal static class Settings
{
    public static readonly Setting Values =
        new("values", Many, "file", "Values file under test; several are merged in order. Default: the compliant fixture.")
        {
            Short = "-f",
        };
    public static readonly Setting Chart = new(
        "chart", One, "chart", "Chart: directory, .tgz, oci://…, https://repository/name or hashicorp/vault. Default: the official chart, "
            + "the fixture chart when offline.");

    public static readonly Setting ChartVersion =
        new("chart-version", One, "version", "Version of a chart from a repository or OCI registry.");
    public static readonly Setting Release = new("release", One, "name", "Name of the Helm release. Default: vault.");
    public static readonly Setting Patch =
        new("patch", Many, "file", "Strategic-merge or JSON patch on the rendered objects; several are applied in order.");
    public static readonly Setting Certificates = new("certificates", One, "recipe.json", "Recipe of the test certificates.");
    public static readonly Setting VaultImage = new("vault-image", One, "image", "Vault image instead of the chart's.");
    public static readonly Setting Prepare =
        new("prepare", Many, "file|folder", "Manifests that values rely on, put in place before the release: Secrets, ServiceAccounts, "
            + "PriorityClasses, StorageClasses, CRDs.");
    public static readonly Setting UnsealKeysFrom =
        new("unseal-keys-from", One, "secret/NAME", "Secret with the keys of a release that initialises its server itself.");
    public static readonly Setting Setup =
        new("setup", Many, "file", "What configures Vault after it is unsealed: a list of API writes (*.yaml) or a program; several run in "
            + "order. See docs/setup.md.");

    public static readonly Setting ClientCert =
        new("client-cert", One, "pem", "Client certificate for a listener that demands one of its own authority; needs --client-key. "
            + "Default: one of the run's authority.");
    public static readonly Setting ClientKey = new("client-key", One, "pem", "Private key of --client-cert, without a passphrase.");
    public static readonly Setting K3sImage = new("k3s-image", One, "image", "Node image of the cluster that is started.");
    public static readonly Setting ImageArchive = new("image-archive", Many, "file", "Image archive that the node imports.");
    public static readonly Setting NodeUlimit =
        new("node-ulimit", Many, "name=soft:hard", "Limit of the node, for example core=0:0 or memlock=-1:-1.");
    public static readonly Setting StorageClassMap =
        new("storage-class-map", Many, "class=class", "StorageClass that the values name, and the one of the started node that stands for "
            + "it, for example gp3=local-path.");
    public static readonly Setting Kubeconfig = new("kubeconfig", One, "file", "Test on an existing cluster; needs --context.");
    public static readonly Setting Context = new("context", One, "name", "Context in the kubeconfig; 'current' takes its current one.");
    public static readonly Setting Namespace = new("namespace", One, "name", "Namespace that the run creates and removes.");
    public static readonly Setting AllowSecondNamespace =
        new(
            "allow-second-namespace",
            Switch,
            "",
            "On an existing cluster, create and remove a second namespace too, from which the servers "
                + "are tried (NET-1, NET-2).");
    public static readonly Setting Helm = new("helm", One, "path", "Helm program. Default: helm on PATH.");
    public static readonly Setting KubeVersion =
        new("kube-version", One, "version", "Kubernetes that is rendered for, for example 1.34. Default: the one that Helm takes.");
    public static readonly Setting Offline = new("offline", Switch, "", "Use no container registry. Default: only when none answers.");
    public static readonly Setting Profile =
        new("profile", One, "name[@version]", "Profile, or the path of a profile file. Default: baseline.");
    public static readonly Setting Waivers =
        new("waivers", Many, "file", "File of waivers: failures that are accepted, by whom and until when.");
    public static readonly Setting Only = new("only", Many, "control|family", "Verify only these controls; several with commas.");
    public static readonly Setting Skip = new("skip", Many, "control|family", "Do not verify these controls; several with commas.");
    public static readonly Setting NoDisruptive =
        new(
            "no-disruptive",
            Switch,
            "",
            "Do not restart, crash or change anything in the release under test: leaves out what 'controls' marks as disruptive.");
    public static readonly Setting Output =
        new("output", One, "folder", "Where results and evidence are written. Default: out/RUN-ID; 'lint' writes only what is asked for.")
        {
            Short = "-o"
        };

    public static readonly Setting Keep =
        new("keep", Switch, "", "Leave cluster and release running, and say how to reach and remove them.");
    public static readonly Setting Timeout =
        new("timeout", One, "duration", "Longest time of a run, for example 90s, 15m or 1h30m. Setting up the machine and building the "
            + "offline kit are not counted. Default: 15m.");
    public static readonly Setting SignKey =
        new("sign-key", One, "file|env:NAME", "Sign the result with this private ECDSA key on curve P-256, as PEM.");
    public static readonly Setting FailOn =
        new("fail-on", One, "must|should|regression", "What ends a run with exit code 1: a required control that failed (must), a "
            + "recommended one too (should), or only what is worse than in --baseline (regression). Default: must.");
    public static readonly Setting Baseline =
        new("baseline", One, "bundle|folder|file", "Earlier run that --fail-on regression compares with: its bundle (*.vcb), its output "
            + "folder or its results.json.");
    public static readonly Setting FailOnStandIn =
        new("fail-on-stand-in", Switch, "", "End with exit code 2 instead of 0 when a stand-in was tested instead of Vault.");
    public static readonly Setting NoSetup = new("no-setup", Switch, "", "Install and start nothing on this machine.");

    /// <summary>What is tested.</summary>
    public static readonly IReadOnlyList<Setting> OfRelease =
        [Values, Chart, ChartVersion, Release, Patch, Certificates, Prepare, UnsealKeysFrom, Setup, ClientCert, ClientKey, VaultImage];

    /// <summary>Where it is tested.</summary>
    public static readonly IReadOnlyList<Setting> OfCluster =
        [K3sImage, ImageArchive, NodeUlimit, StorageClassMap, Kubeconfig, Context, Namespace, AllowSecondNamespace, Helm, Offline];

    /// <summary>How it is judged.</summary>
    public static readonly IReadOnlyList<Setting> OfJudging = [Profile, Waivers, Only, Skip, NoDisruptive];

    /// <summary>What a run does besides, whatever it tests.</summary>
    public static readonly IReadOnlyList<Setting> OfRun = [Output, Keep, Timeout, SignKey, NoSetup];

    /// <summary>Which exit code it ends with.</summary>
    public static readonly IReadOnlyList<Setting> OfExit = [FailOn, Baseline, FailOnStandIn];

    /// <summary>The groups with their headings, in the order of the help.</summary>
    public static readonly IReadOnlyList<(string Title, IReadOnlyList<Setting> Settings)> Groups =
    [
        ("What is tested", OfRelease),
        ("Where it is tested", OfCluster),
        ("How it is judged", OfJudging),
        ("The run and its results", OfRun),
        ("Exit code", OfExit),
    ];

    /// <summary>All of a run, in the order of the help.</summary>
    public static readonly IReadOnlyList<Setting> All = [.. Groups.SelectMany(group => group.Settings)];

    /// <summary>The groups with their headings, with what only <see cref="OfLint"/> has.</summary>
    public static readonly IReadOnlyList<(string Title, IReadOnlyList<Setting> Settings)> HelpGroups =
        [.. Groups.Select(group => group.Settings == OfCluster ? (group.Title, [.. OfCluster, KubeVersion]) : group)];

    /// <summary>Those of a look at what is declared, in which nothing is installed.</summary>
    public static readonly IReadOnlyList<Setting> OfLint =
    [
        Values, Chart, ChartVersion, Release, Patch, Namespace, Helm, KubeVersion, Offline, Profile, Waivers, Only, Skip, Output,
        .. OfExit,
    ];

    /// <summary>Every setting that a settings file or a variable can give.</summary>
    public static readonly IReadOnlyList<Setting> Known = [.. All.Union(OfLint)];
}
