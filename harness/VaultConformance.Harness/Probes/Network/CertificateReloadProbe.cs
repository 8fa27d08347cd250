using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network.Reload;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>
/// Replaces the certificate in the Secret, waits until the kubelet has put it into the pod, sends SIGHUP to the server and looks what it
/// serves (control PROC-4). The Secret is replaced once for all pods.
/// </summary>
internal sealed class CertificateReloadProbe(ProbeContext context, NetworkServices network) : IProbe<CertificateReloadFacts>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CertificateRotation _rotation = new(context, network.IssueReplacement);
    private readonly ServedCertificate _served = new(context, network);
    private readonly Wait _wait = new(context.TimeProvider);

    /// <inheritdoc />
    public ObservationKind<CertificateReloadFacts> Kind => ObservationKinds.CertificateReload;

    /// <inheritdoc />
    public async Task<CertificateReloadFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var target = await ReloadTarget.FindAsync(context, subject, cancellationToken);
        var servedAsync = await _served.CreateReaderAsync(subject, cancellationToken);
        var before = await servedAsync(cancellationToken);
        var restarts = await target.CountRestartsAsync(cancellationToken);
        var replacement = await _rotation.ReplaceAsync(cancellationToken);
        var started = context.TimeProvider.GetTimestamp();
        await target.ResyncAsync(cancellationToken);
        var mounted = await WaitUntilReachedAsync(
            MountGoal(target), target.NeverUpdated, token => target.FindMountedAsync(replacement, token), replacement, cancellationToken);
        TimeSpan? took = mounted == replacement ? context.TimeProvider.GetElapsedTime(started) : null;
        var hungUp = context.TimeProvider.GetTimestamp();
        var signalled = took is not null && await target.HangUpAsync(cancellationToken);
        if (signalled)
        {
            await WaitUntilReachedAsync(ReloadGoal(
                target), null, async token => FindStraggler(await servedAsync(token), replacement), replacement, cancellationToken);
        }

        var after = await servedAsync(cancellationToken);
        return new CertificateReloadFacts(
            before[0].Leaf ?? string.Empty,
            replacement,
            took is not null,
            took,
            after[0].Leaf,
            restarts,
            await target.CountRestartsAsync(cancellationToken),
            await target.IsSameAsync(cancellationToken),
            signalled ? await target.ReloadLineAsync(context.TimeProvider.GetElapsedTime(hungUp), cancellationToken) : null,
            [.. before.Zip(after).Select(pair => new ReloadedPort(pair.First.Port, pair.First.Leaf, pair.Second.Leaf))]);
    }

    /// <summary>The first leaf that is not the wanted one; the wanted one when all are.</summary>
    private static string? FindStraggler(IReadOnlyList<(int Port, string? Leaf)> served, string wanted) =>
        served.Select(port => port.Leaf).Where(leaf => leaf != wanted).DefaultIfEmpty(wanted).First();

    /// <summary>Looks until the wanted fingerprint is seen or the limit is over; not reaching it is a fact, not a failure.</summary>
    /// <returns>The fingerprint that was seen last.</returns>
    private async Task<string?> WaitUntilReachedAsync(
        WaitGoal goal,
        string? hopeless,
        Func<CancellationToken, Task<string?>> lookAsync,
        string wanted,
        CancellationToken cancellationToken)
    {
        string? last = null;
        try
        {
            return await _wait.UntilAsync<string>(
                goal,
                async token => (last = await lookAsync(token)) == wanted ? new Sighting<string>.Reached(wanted)
                    : hopeless is null ? new Sighting<string>.NotYet(last ?? "no certificate")
                    : new Sighting<string>.Hopeless(hopeless),
                cancellationToken);
        }
        catch (WaitFailedException)
        {
            return last;
        }
    }

    private WaitGoal MountGoal(ReloadTarget target) => new(
        $"the kubelet to put the new certificate into pod '{target.Name}'",
        context.Limits.Mount,
        Interval,
        "Look at the events of the pod and at the kubelet's log.");

    private WaitGoal ReloadGoal(ReloadTarget target) => new(
        $"the server in pod '{target.Name}' to serve the new certificate",
        context.Limits.Server,
        Interval,
        "Look at the log of the server.");
}
