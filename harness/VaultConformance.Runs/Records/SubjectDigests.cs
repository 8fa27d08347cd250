using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Records;

/// <summary>What was tested, by digest: chart, values, patches and the images that the node runs.</summary>
internal static class SubjectDigests
{
    private const int Sha256Length = 64;

    /// <summary>The digests; those that were not observed are missing.</summary>
    /// <param name="target">What is judged.</param>
    /// <param name="cancellationToken">Ends observing.</param>
    public static async Task<IReadOnlyList<SubjectDigest>> ListAsync(Target target, CancellationToken cancellationToken)
    {
        try
        {
            var release = await target.ObserveAsync(ObservationKinds.Release, cancellationToken);
            List<SubjectDigest> digests =
            [
                new(SubjectKind.Chart, $"{release.Chart}-{release.ChartVersion}", release.ChartSha256),
                .. release.Values.Select(file => new SubjectDigest(SubjectKind.Values, file.Name, file.Sha256)),
                .. release.Patches.Select(file => new SubjectDigest(SubjectKind.Patch, file.Name, file.Sha256)),
                .. (release.Setup ?? []).Select(file => new SubjectDigest(SubjectKind.Setup, file.Name, file.Sha256)),
            ];
            return [.. digests, .. await ListImagesAsync(target, cancellationToken)];
        }
        catch (ObservationUnavailableException)
        {
            // The subject of the report says why.
            return [];
        }
    }

    private static async Task<IEnumerable<SubjectDigest>> ListImagesAsync(Target target, CancellationToken cancellationToken)
    {
        var objects = await target.ObserveAsync(ObservationKinds.Objects, cancellationToken);
        return objects.ServerPods
            .SelectMany(pod => pod.Status?.ContainerStatuses ?? [])
            .Where(status => FindDigest(status.ImageID) is not null)
            .Select(status => new SubjectDigest(SubjectKind.Image, status.Image, FindDigest(status.ImageID)!))
            .Distinct();
    }

    // The runtime writes repository@sha256:DIGEST, or sha256:DIGEST for an image without a repository.
    private static string? FindDigest(string? imageId) =>
        imageId is { Length: > Sha256Length } && imageId[..^Sha256Length].EndsWith("sha256:", StringComparison.Ordinal)
            ? imageId[^Sha256Length..]
            : null;
}
