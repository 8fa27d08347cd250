using VaultConformance.Harness;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Runs.Records;

/// <summary>Whether a stand-in was tested, by what the servers say of themselves: how they came onto the machine does not matter.</summary>
internal static class StandInSighting
{
    private static readonly string[] Marks = ["standin", "stand-in"];
    private const string Server = "the stand-in server";

    /// <summary>The version that a stand-in calls itself; null when no server says that it is one.</summary>
    /// <param name="target">What was tested; null when nothing was installed.</param>
    /// <param name="cancellationToken">Ends observing.</param>
    public static async Task<string?> FindAsync(Target? target, CancellationToken cancellationToken)
    {
        if (target is null || await FindSeenAsync(target.FindServerPodsAsync(cancellationToken)) is not { } pods)
        {
            return null;
        }

        foreach (var pod in pods)
        {
            string?[] words =
            [
                (await FindSeenAsync(pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken)))?.Version,
                (await FindSeenAsync(pod.ObserveAsync(ObservationKinds.Files, cancellationToken)))?.VaultVersion.Output,
                pod.Container.Image,
                .. (await FindSeenAsync(
                    pod.ObserveAsync(ObservationKinds.ServerLog, cancellationToken)))?.Lines.Where(
                        line => line.TrimStart() is var word && (word.StartsWith("Version:", StringComparison.Ordinal)
                            || word.StartsWith("Go Version:", StringComparison.Ordinal)))
                    ?? [],
            ];
            if (words.FirstOrDefault(IsStandIn) is { } version)
            {
                return version;
            }
        }

        return (await FindSeenAsync(target.ObserveAsync(ObservationKinds.Release, cancellationToken)))?.ServerImage is { } image
            && IsStandIn(image) ? image : null;
    }

    private static bool IsStandIn(string? word) => Marks.Any(mark => word?.Contains(mark, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Adds the notice to those that there are, unless one says it already.</summary>
    /// <param name="notices">Notices so far.</param>
    /// <param name="version">The version that the stand-in calls itself; null for no stand-in.</param>
    public static IReadOnlyList<string> Add(IReadOnlyList<string> notices, string? version) =>
        version is null || notices.Any(notice => notice.Contains(Server, StringComparison.Ordinal))
            ? notices
            : [$"STAND-IN: this run tested {Server} (it calls itself '{version.Trim()}') instead of HashiCorp Vault. Its result says "
                + "nothing about a Vault release and cannot certify one.", .. notices];

    private static async Task<T?> FindSeenAsync<T>(Task<T> observation)
        where T : class
    {
        try
        {
            return await observation;
        }
        catch (Exception exception) when (exception is ObservationUnavailableException or HarnessException)
        {
            // A server that cannot be asked says nothing of itself; the controls tell that it could not be asked.
            return null;
        }
    }
}
