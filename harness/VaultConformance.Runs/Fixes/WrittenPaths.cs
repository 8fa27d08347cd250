using VaultConformance.Harness;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Runs.Fixes;

/// <summary>Paths that a server writes to because somebody configured it so after it was installed. No values name them.</summary>
internal static class WrittenPaths
{
    /// <summary>The files of its audit devices; empty where they are not known.</summary>
    /// <param name="target">What was observed; null when nothing was.</param>
    /// <param name="cancellationToken">Ends the observing.</param>
    public static async Task<IReadOnlyList<string>> ListAsync(Target? target, CancellationToken cancellationToken)
    {
        try
        {
            var audit = target is null ? null : await target.FindAsync(ObservationKinds.Audit, cancellationToken);
            return [.. (audit?.Devices ?? []).Select(device => device.Destination).Where(path => path.StartsWith('/'))];
        }
        catch (HarnessException exception) when (exception.Kind == FailureKind.Configuration)
        {
            // The evidence of the devices cannot be read: the controls about them say so.
            return [];
        }
    }
}
