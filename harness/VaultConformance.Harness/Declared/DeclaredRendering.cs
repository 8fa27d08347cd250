using System.Security.Cryptography;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Values;

namespace VaultConformance.Harness.Declared;

/// <summary>Renders a release without any cluster, and gives what it declares as a target.</summary>
/// <param name="helm">The Helm program.</param>
/// <param name="options">What would be installed.</param>
/// <param name="time">Clock.</param>
internal sealed class DeclaredRendering(HelmClient helm, DeploymentOptions options, TimeProvider time)
{
    private readonly HelmReleases _releases = new(helm);

    /// <summary>Kubernetes that is rendered for; null for the one that Helm takes.</summary>
    public string? KubernetesVersion { get; init; }

    /// <summary>True where the platform's admission fills in what a restricted pod needs, as OpenShift does.</summary>
    public bool IsCompletedByAdmission { get; init; }

    /// <summary>False where nobody asks what the values change, which takes most of the time.</summary>
    public bool FindsEffects { get; init; } = true;

    /// <summary>Renders it.</summary>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="HarnessException">Chart or values do not render, or make no server.</exception>
    public async Task<DeclaredTarget> RenderAsync(CancellationToken cancellationToken)
    {
        var request = new ReleaseRequest(options.ReleaseName, options.Namespace, options.Chart, options.ValuesFiles);
        var preview = _releases.PreviewAsync(request, KubernetesVersion, cancellationToken);
        var rendered = await PatchAsync(RenderedManifests.Parse(await preview), cancellationToken);
        var values = FindsEffects ? FindValuesAsync(cancellationToken) : Task.FromResult(new ValuesFacts([], []));
        try
        {
            var declared = new DeclaredObjects(rendered, options.Namespace) { IsCompletedByAdmission = IsCompletedByAdmission };
            var objects = declared.Read();
            var source = new DeclaredObservationSource(
                objects,
                declared.ReadRights(objects),
                await DescribeAsync(declared.Namespace, RenderedRelease.From(rendered), cancellationToken),
                values.WaitAsync,
                time);
            return new DeclaredTarget(new Target(source), values);
        }
        catch
        {
            await ((Task)values).ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
    }

    private async Task<RenderedManifests> PatchAsync(RenderedManifests rendered, CancellationToken cancellationToken)
    {
        var patches = await PatchSet.LoadAsync(options.Patches, cancellationToken);
        return patches.Patches.Count == 0 ? rendered : patches.Apply(rendered).Manifests;
    }

    private Task<ValuesFacts> FindValuesAsync(CancellationToken cancellationToken) => new ValuesEffects(
        async (path, token) => RenderedManifests.Parse(await _releases.PreviewAsync(
            new ReleaseRequest(options.ReleaseName, options.Namespace, options.Chart, [path]), KubernetesVersion, token)),
        Path.Combine(options.WorkFolder, "values"))
        {
            Joint = new JointRendering(
                async (chart, path, token) => await _releases.PreviewAsync(
                    new ReleaseRequest(options.ReleaseName, options.Namespace, options.Chart with { Path = chart }, [path]),
                    KubernetesVersion,
                    token),
                Path.Combine(options.WorkFolder, "joint")),
        }.FindAsync(options.Chart, options.ValuesFiles, absent: null, cancellationToken);

    private async Task<ReleaseFacts> DescribeAsync(string place, RenderedRelease release, CancellationToken cancellationToken) => new(
        options.ReleaseName,
        place,
        0,
        options.Chart.Name,
        options.Chart.Version,
        options.Chart.AppVersion,
        options.Chart.Reference.Shown,
        options.Chart.Sha256,
        helm.Version.Text,
        await ReadDigestsAsync(options.ValuesFiles, cancellationToken),
        string.Empty,
        [],
        await ReadDigestsAsync(options.Patches, cancellationToken),
        release.ServerContainer["image"]?.ToString() ?? string.Empty,
        options.StandIn,
        "none",
        null);

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

/// <summary>What a release declares.</summary>
/// <param name="Target">Answers what objects and values say.</param>
/// <param name="Values">Finds out what the values change; it has to have ended before the folder of the values is removed.</param>
internal sealed record DeclaredTarget(Target Target, Task Values);
