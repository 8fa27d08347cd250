using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// Objects of a release whose kind a fresh cluster does not have, for example a ServiceMonitor: left out so that the rest can be installed
/// and judged.
/// </summary>
internal static class MissingKinds
{
    /// <summary>Takes them out.</summary>
    /// <param name="rendered">The release.</param>
    /// <param name="kinds">What the API server has.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>The rest, and why the others are left out, one sentence each.</returns>
    internal static async Task<(RenderedManifests Kept, IReadOnlyList<string> Reasons)> LeaveOutAsync(
        RenderedManifests rendered, ServedKinds kinds, CancellationToken cancellationToken)
    {
        var rest = new List<ManifestObject>();
        var reasons = new List<string>();
        foreach (var item in rendered.Objects)
        {
            if (await kinds.IsNamespacedAsync(item, cancellationToken) is null)
            {
                reasons.Add($"{item} is left out: this node's API has no {item.Kind} of {item.ApiVersion}. Its definition can be given "
                    + "with --prepare.");
            }
            else
            {
                rest.Add(item);
            }
        }

        return (reasons.Count == 0 ? rendered : new RenderedManifests(rest), reasons);
    }
}
