using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Harness.Clusters;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.Runs.Clean;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Commands;

/// <summary><c>clean</c>: removes what runs left, by label.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class CleanVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var engine = new Option<bool>("--engine") { Description = "Stop the Docker engine too, if this program started it." };
        var kubeconfig = new Option<string?>(
            Settings.Kubeconfig.Option) { Description = "Clean an existing cluster too; needs --context.", HelpName = "file" };
        var context = new Option<string?>(Settings.Context.Option) { Description = Settings.Context.Description, HelpName = "name" };
        var command =
            new Command("clean", "Remove what interrupted or kept runs left: node containers, and namespaces of existing clusters.")
            {
                engine, kubeconfig, context
            };
        command.SetAction((result, cancellationToken) =>
            RunAsync(result.GetValue(engine), result.GetValue(kubeconfig), result.GetValue(context), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(bool stopEngine, string? kubeconfig, string? context, CancellationToken cancellationToken)
    {
        if ((kubeconfig is null) != (context is null))
        {
            throw new HarnessException(FailureKind.Configuration, "--kubeconfig and --context belong together; neither is ever assumed.");
        }

        var removed = await ListContainersAsync(stopEngine, cancellationToken);
        if (kubeconfig is not null && context is not null)
        {
            removed.AddRange(await ListNamespacesAsync(Path.GetFullPath(kubeconfig, services.WorkingFolder), context, cancellationToken));
        }

        removed.ForEach(services.Console.WriteLine);
        services.Console.WriteLine(removed.Count == 0 ? "Nothing was left." : "Done.");
        return ExitCodes.Success;
    }

    private KeptFolders Kept => new(KeptRun.GetFolder(services.Variables));

    private async Task<IReadOnlyList<string>> ListNamespacesAsync(string kubeconfig, string context, CancellationToken cancellationToken)
    {
        var found = await new LeftoverNamespaces(services.TimeProvider).RemoveAsync(kubeconfig, context, cancellationToken);
        return
        [
            .. found.Select(item => item.Owner is { } owner
                ? $"left alone: namespace {item.Name}, {LivingRun.ToSentence(item.RunId, owner)}"
                : $"removed namespace {item.Name} of run {item.RunId}"),
            .. Kept.RemoveOf([.. found.Where(item => item.Owner is null).Select(item => item.RunId)]),
        ];
    }

    private async Task<List<string>> ListContainersAsync(bool stopEngine, CancellationToken cancellationToken)
    {
        var engine = new DockerEngine(KitPaths.FromEnvironment(services.Variables.GetValueOrDefault), services.TimeProvider);
        var removed = new List<string>();
        var seen = await engine.ProbeAsync(cancellationToken);
        if (seen is EngineStatus.Silent)
        {
            // It may hold containers of a run; that it is busy is no reason to say there are none.
            seen = await engine.EnsureAsync(
                SetupPolicy.Forbid, ConsoleProgress.CreateFor(services.Console, services.TimeProvider), cancellationToken);
        }

        if (seen is EngineStatus.Unreachable unreachable)
        {
            services.Console.WriteLine($"No Docker engine answers at {unreachable.Endpoint}, so no container of a run is there.");
        }
        else
        {
            removed.AddRange(await new LeftoverContainers(services.TimeProvider).RemoveAsync(cancellationToken));
            removed.AddRange(
                Kept.RemoveWithoutContainer([.. (await NodeContainers.ListAsync(cancellationToken)).Select(container => container.RunId)]));
        }

        if (stopEngine)
        {
            removed.Add(
                await engine.StopAsync(cancellationToken) ? "stopped the Docker engine" : "no Docker engine was started by this program");
        }

        return removed;
    }
}
