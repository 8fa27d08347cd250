using System.Security.Cryptography;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Values;
using k8s;

namespace VaultConformance.Harness.Deployment;

/// <summary>Renders, patches and installs a release, with the Secrets that its values expect.</summary>
/// <param name="cluster">Where.</param>
/// <param name="helm">The Helm program.</param>
/// <param name="options">What.</param>
/// <param name="authority">Issues the certificates under test.</param>
/// <param name="redactor">Learns the secrets that are prepared.</param>
/// <param name="progress">Where to report.</param>
internal sealed class ReleaseInstaller(
    IKubernetesCluster cluster,
    HelmClient helm,
    DeploymentOptions options,
    TestCertificateAuthority authority,
    SecretRedactor redactor,
    IRunProgress progress)
{
    private const string Phase = "release";
    private readonly HelmReleases _releases = new(helm);

    /// <summary>Installs into a namespace that exists and is empty.</summary>
    /// <exception cref="HarnessException">Values, patches, chart or cluster do not allow it.</exception>
    internal async Task<InstalledRelease> InstallAsync(ClusterFacts facts, CancellationToken cancellationToken)
    {
        var classes = await CreateClassesAsync(cancellationToken);
        var prepared = await PrepareAsync(facts, cancellationToken);
        var installed = await ApplyAsync(facts, earlier: null, _releases.InstallAsync, cancellationToken);
        return installed with { Overlay = installed.Overlay with { Reasons = [.. installed.Overlay.Reasons, .. classes, .. prepared] } };
    }

    /// <summary>Upgrades a release; TLS Secrets that are there already stay as they are.</summary>
    /// <exception cref="HarnessException">Values, patches, chart or cluster do not allow it.</exception>
    internal Task<InstalledRelease> UpgradeAsync(ClusterFacts facts, InstalledRelease earlier, CancellationToken cancellationToken) =>
        ApplyAsync(facts, earlier, _releases.UpgradeAsync, cancellationToken);

    private async Task<InstalledRelease> ApplyAsync(
        ClusterFacts facts,
        InstalledRelease? earlier,
        Func<ReleaseRequest, HelmClusterAccess, TimeSpan, CancellationToken, Task> applyAsync,
        CancellationToken cancellationToken)
    {
        var access = await OpenAccessAsync(facts, cancellationToken);
        var asGiven = await RenderAsync(options.ValuesFiles, access, cancellationToken);
        var classes = options.ClusterIsThrownAway ? await StorageClasses.ReadAsync(cluster.Client, cancellationToken) : null;
        var (overlay, values, whole) =
            await new OverlaidRelease(_releases, options, progress).RenderAsync(asGiven, facts, classes, access, cancellationToken);
        var (rendered, leftOut) = options.ClusterIsThrownAway ? await LeaveOutAsync(whole, cancellationToken) : (whole, []);
        var patches = await PatchSet.LoadAsync(options.Patches, cancellationToken);
        var patched = patches.Patches.Count == 0 ? rendered : patches.Apply(rendered).Manifests;
        var release = RenderedRelease.From(patched);
        if (classes is not null)
        {
            UnknownClasses.Refuse(release, classes);
        }

        var (certificate, issue, secrets) = await CreateSecretsAsync(release, earlier, cancellationToken);
        var chart = patches.Patches.Count == 0 && leftOut.Count == 0 ? options.Chart : await WritePatchedAsync(patched, cancellationToken);
        await ApplyAsync(
            () => applyAsync(
                new ReleaseRequest(options.ReleaseName, options.Namespace, chart, values), access, options.StepLimit, cancellationToken),
            access,
            cancellationToken);
        return new InstalledRelease(
            release, overlay with { Reasons = [.. overlay.Reasons, .. leftOut] }, certificate, issue, secrets, await ReadDigestsAsync(
                options.ValuesFiles, cancellationToken), await ReadDigestsAsync(options.Patches, cancellationToken), access);
    }

    private async Task<IReadOnlyList<string>> CreateClassesAsync(CancellationToken cancellationToken)
    {
        var reasons = options.ClusterIsThrownAway
            ? await StorageClassAlias.CreateAsync(cluster.Client, options.StorageClasses, options.RunId, cancellationToken)
            : [];
        foreach (var reason in reasons)
        {
            progress.ReportNotice(Phase, reason);
        }

        return reasons;
    }

    // What the API server refuses has a place in an object; the user has lines in values.
    private async Task ApplyAsync(Func<Task> applyAsync, HelmClusterAccess access, CancellationToken cancellationToken)
    {
        try
        {
            await applyAsync();
        }
        catch (HelmCommandException exception) when (RefusedFields.List(exception.Result.StandardError) is { Count: > 0 } fields)
        {
            var facts = await new ValuesEffects(
                (path, token) => RenderAsync([path], access, token), Path.Combine(options.WorkFolder, $"values-{options.Namespace}"))
                .FindAsync(options.Chart, options.ValuesFiles, absent: null, cancellationToken);
            var guilty = RefusedFields.Describe(fields, facts);
            throw guilty.Length == 0 ? exception : new HarnessException(exception.Kind, $"{guilty} {exception.Message}", exception);
        }
    }

    private async Task<IReadOnlyList<string>> PrepareAsync(ClusterFacts facts, CancellationToken cancellationToken)
    {
        if (options.Prepare.Count == 0)
        {
            return [];
        }

        var preparation = new Preparation(cluster, _releases, options, redactor);
        var done = await preparation.ApplyAsync(await OpenAccessAsync(facts, cancellationToken), cancellationToken);
        progress.Note(Phase, done!);
        return [done!];
    }

    private async Task<(RenderedManifests Kept, IReadOnlyList<string> Reasons)> LeaveOutAsync(
        RenderedManifests rendered, CancellationToken cancellationToken)
    {
        var (rest, reasons) = await MissingKinds.LeaveOutAsync(rendered, new ServedKinds(cluster.Client), cancellationToken);
        foreach (var reason in reasons)
        {
            progress.ReportNotice(Phase, reason);
        }

        return (rest, reasons);
    }

    private async Task<HelmClusterAccess> OpenAccessAsync(ClusterFacts facts, CancellationToken cancellationToken)
    {
        var groups = await cluster.Client.Apis.GetAPIVersionsAsync(cancellationToken);
        var versions = groups.Groups.SelectMany(group => group.Versions).Select(version => version.GroupVersion).Append("v1");
        var serverSideApply =
            facts.Capabilities.TryGetValue(CapabilityNames.ServerSideApply, out var capability) && capability.Available == true;
        return new HelmClusterAccess(cluster.KubeconfigPath, facts.ServerVersion, [.. versions], serverSideApply);
    }

    private async Task<RenderedManifests> RenderAsync(
        IReadOnlyList<string> values, HelmClusterAccess access, CancellationToken cancellationToken)
    {
        var request = new ReleaseRequest(options.ReleaseName, options.Namespace, options.Chart, values);
        return RenderedManifests.Parse(await _releases.RenderAsync(request, access, cancellationToken));
    }

    private async Task<(ServerCertificate? Certificate, Func<ServerCertificate>? Issue, IReadOnlyList<string> Secrets)> CreateSecretsAsync(
        RenderedRelease release, InstalledRelease? earlier, CancellationToken cancellationToken)
    {
        var plans = TlsSecretPlanner.Plan(release).Where(plan => earlier?.SecretNames.Contains(plan.Name) != true).ToList();
        if (plans.Count == 0)
        {
            progress.Note(
                Phase,
                earlier?.SecretNames.Count > 0 ? "no further TLS Secret needed by these values" : "no TLS Secret needed by these values");
            return (earlier?.Certificate, earlier?.Issue, earlier?.SecretNames ?? []);
        }

        var recipe =
            options.CertificateRecipe is { } path ? await CertificateRecipeFile.ReadAsync(path, cancellationToken) : CertificateRecipe.Good;
        var certificateNames = new RenderedNames(release, options.Namespace).ListAll().Apply(recipe);
        ServerCertificate Issue() => authority.Issue(recipe, certificateNames);
        var certificate = earlier?.Certificate ?? Issue();
        await new TlsSecrets(cluster.Client, options.Namespace, options.RunId).CreateAsync(plans, certificate, cancellationToken);
        var names = plans.Select(plan => plan.Name).ToList();
        progress.Note(Phase, $"TLS Secret {string.Join(", ", names.Select(name => $"'{name}'"))} made ({recipe.Description.TrimEnd('.')})");
        return (certificate, Issue, [.. earlier?.SecretNames ?? [], .. names]);
    }

    private async Task<Chart> WritePatchedAsync(RenderedManifests patched, CancellationToken cancellationToken)
    {
        var identity = new PatchedChartIdentity(options.Chart.Name, options.Chart.Version, options.Chart.AppVersion, string.Empty);
        var folder = Path.Combine(options.WorkFolder, $"patched-{options.Namespace}");
        var path = await PatchedChart.MaterialiseAsync(patched, identity, folder, cancellationToken);
        if (options.Patches.Count > 0)
        {
            progress.Note(Phase, $"objects patched by {string.Join(", ", options.Patches.Select(Path.GetFileName))}");
        }

        return options.Chart with { Path = path };
    }

    private static async Task<IReadOnlyList<FileDigest>> ReadDigestsAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var digests = new List<FileDigest>();
        foreach (var file in files)
        {
            digests.Add(new FileDigest(
                Path.GetFileName(file), Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellationToken)))));
        }

        return digests;
    }
}
