using VaultConformance.Cli.Output;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Building;

namespace VaultConformance.TestRunner;

/// <summary>
/// Has engine and offline kit ready before tests on a cluster begin: each such test has a limit of its own, and building the kit would use
/// it up.
/// </summary>
/// <param name="services">Console, variables, fixtures.</param>
internal sealed class KitPreparation(RunnerServices services)
{
    /// <summary>Starts the engine, and builds the kit where no container registry answers.</summary>
    /// <param name="setupAllowed">True when an engine may be installed.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    public async Task PrepareAsync(bool setupAllowed, CancellationToken cancellationToken)
    {
        var paths = KitPaths.FromEnvironment(services.Variables.GetValueOrDefault);
        var progress = ConsoleProgress.CreateFor(services.Console, services.TimeProvider);
        await progress.ShowWhileAsync(async () =>
        {
            await new DockerEngine(paths, services.TimeProvider)
                .EnsureAsync(setupAllowed ? SetupPolicy.Allow : SetupPolicy.Forbid, progress, cancellationToken);
            if (await HasNoRegistryAsync(cancellationToken))
            {
                await new KitBuilder(paths, services.TimeProvider)
                    .BuildAsync(new OfflineKitRequest(services.Fixtures), progress, cancellationToken);
            }

            return 0;
        });
    }

    private async Task<bool> HasNoRegistryAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var answers = await new RegistryReachability(client, services.TimeProvider)
            .AskAsync(RegistryReachability.DefaultRegistries, cancellationToken);
        return !answers.Any(answer => answer.Answers);
    }
}
