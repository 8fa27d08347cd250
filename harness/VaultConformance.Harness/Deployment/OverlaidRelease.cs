using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Patching;
using VaultConformance.Harness.Progress;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// Renders a release with the values that the harness must add, and makes sure that they have the effect that they are meant to have.
/// </summary>
/// <param name="releases">Renders.</param>
/// <param name="options">What is installed.</param>
/// <param name="progress">Where to report.</param>
internal sealed class OverlaidRelease(HelmReleases releases, DeploymentOptions options, IRunProgress progress)
{
    /// <summary>Renders it.</summary>
    /// <param name="asGiven">The release from the user's values alone.</param>
    /// <param name="facts">The cluster.</param>
    /// <param name="classes">Its StorageClasses; null where unknown ones are the user's business.</param>
    /// <param name="access">What Helm must know about it.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <returns>What was added, the values files with it, and the rendered release.</returns>
    /// <exception cref="HarnessException">What has to be added has no effect on this chart.</exception>
    internal async Task<(EnvironmentOverlay Overlay, IReadOnlyList<string> Values, RenderedManifests Rendered)> RenderAsync(
        RenderedManifests asGiven,
        ClusterFacts facts,
        StorageClasses? classes,
        HelmClusterAccess access,
        CancellationToken cancellationToken)
    {
        var release = RenderedRelease.From(asGiven);
        string? image = null;
        foreach (var splitRegistry in new[] { false, true })
        {
            var overlay = EnvironmentOverlay.CreateFor(release, facts, options.VaultImage, splitRegistry, classes);
            if (overlay.Yaml.Length == 0)
            {
                return (overlay, options.ValuesFiles, asGiven);
            }

            var values = await WriteAsync(overlay, cancellationToken);
            var rendered = await RenderAsync(values, overlay, access, cancellationToken);
            image = RenderedRelease.From(rendered).ServerContainer["image"]?.ToString();
            if (options.VaultImage is null || ImageReference.Parse(options.VaultImage).Is(image))
            {
                Tell(overlay);
                return (overlay, values, rendered);
            }
        }

        throw new HarnessException(
            FailureKind.Configuration,
            $"Chart '{options.Chart.Name}' does not take the image from server.image as other charts do: with --vault-image "
                + $"'{options.VaultImage}' it renders '{image}'. "
            + "Name the image in a values file the way that this chart wants it, and leave --vault-image out.");
    }

    private async Task<RenderedManifests> RenderAsync(
        IReadOnlyList<string> values, EnvironmentOverlay overlay, HelmClusterAccess access, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ReleaseRequest(options.ReleaseName, options.Namespace, options.Chart, values);
            return RenderedManifests.Parse(await releases.RenderAsync(request, access, cancellationToken));
        }
        catch (HelmCommandException exception)
        {
            // Without these values the same files rendered a moment ago.
            throw new HarnessException(
                FailureKind.Environment,
                "The chart renders with the values files, which are not at fault, but not with what this run adds to them "
                    + $"({string.Join(" ", overlay.Reasons)}) {exception.Message}",
                exception);
        }
    }

    private async Task<IReadOnlyList<string>> WriteAsync(EnvironmentOverlay overlay, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.WorkFolder);
        var path = Path.Combine(options.WorkFolder, $"overlay-{options.Namespace}.yaml");
        await File.WriteAllTextAsync(path, overlay.Yaml, cancellationToken);
        return [.. options.ValuesFiles, path];
    }

    private void Tell(EnvironmentOverlay overlay)
    {
        foreach (var reason in overlay.Reasons)
        {
            progress.Note("release", $"value set by the harness: {reason}");
        }
    }
}
