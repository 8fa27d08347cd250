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
        var dryRun = new Option<bool>("--dry-run") { Description = "Remove nothing; say what would be removed." };
        var kubeconfig = new Option<string?>(
            Settings.Kubeconfig.Option) { Description = "Clean an existing cluster too; needs --context.", HelpName = "file" };
        var context = new Option<string?>(Settings.Context.Option) { Description = Settings.Context.Description, HelpName = "name" };
        var command = new VerbCommand(
            "clean",
            "Remove what interrupted or kept runs left: node containers, temporary files, and namespaces of existing clusters.",
            "clean",
            "clean --dry-run",
            "clean --kubeconfig ~/.kube/config --context staging",
            "clean --engine") { engine, dryRun, kubeconfig, context };
        command.SetAction((result, cancellationToken) => RunAsync(
            new CleanRequest(
                result.GetValue(engine), result.GetValue(dryRun), result.GetValue(kubeconfig), result.GetValue(context)),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CleanRequest request, CancellationToken cancellationToken)
    {
        if ((request.Kubeconfig is null) != (request.Context is null))
        {
            throw new HarnessException(FailureKind.Configuration, "--kubeconfig and --context belong together; neither is ever assumed.");
        }

        var removed = await ListContainersAsync(request, cancellationToken);
        if (request is { Kubeconfig: { } kubeconfig, Context: { } context })
        {
            var file = Path.GetFullPath(kubeconfig, services.WorkingFolder);
            removed.AddRange(await ListNamespacesAsync(file, context, request.DryRun, cancellationToken));
        }

        removed.AddRange(new LeftoverFolders(Path.GetTempPath()) { DryRun = request.DryRun }.Remove());
        removed.ForEach(line => services.Console.WriteLine(line));
        services.Console.WriteLine(
            removed.Count == 0 ? "Nothing was left." : request.DryRun ? "Nothing was removed (--dry-run)." : "Done.");
        return ExitCodes.Success;
    }

    private KeptFolders CreateKept(bool dryRun) => new(KeptRun.GetFolder(services.Variables)) { DryRun = dryRun };

    private async Task<IReadOnlyList<string>> ListNamespacesAsync(
        string kubeconfig, string context, bool dryRun, CancellationToken cancellationToken)
    {
        var found = await new LeftoverNamespaces(services.TimeProvider) { DryRun = dryRun }
            .RemoveAsync(kubeconfig, context, cancellationToken);
        return
        [
            .. found.Select(item => item.Owner is { } owner
                ? $"left alone: namespace {item.Name}, {LivingRun.ToSentence(item.RunId, owner)}"
                : $"{(dryRun ? "would remove" : "removed")} namespace {item.Name} of run {item.RunId}"),
            .. CreateKept(dryRun).RemoveOf([.. found.Where(item => item.Owner is null).Select(item => item.RunId)]),
        ];
    }

    private async Task<List<string>> ListContainersAsync(CleanRequest request, CancellationToken cancellationToken)
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
            var leftover = new LeftoverContainers(services.TimeProvider) { DryRun = request.DryRun };
            removed.AddRange(await leftover.RemoveAsync(cancellationToken));
            var alive = await NodeContainers.ListAsync(cancellationToken);
            removed.AddRange(
                CreateKept(request.DryRun).RemoveWithoutContainer([.. alive.Select(container => container.RunId)]));
        }

        if (request.StopEngine)
        {
            removed.Add(await StopEngineAsync(engine, request.DryRun, cancellationToken));
        }

        return removed;
    }

    private static async Task<string> StopEngineAsync(DockerEngine engine, bool dryRun, CancellationToken cancellationToken) =>
        dryRun ? "would stop the Docker engine, if this program started it"
        : await engine.StopAsync(cancellationToken) ? "stopped the Docker engine"
        : "no Docker engine was started by this program";

    private sealed record CleanRequest(bool StopEngine, bool DryRun, string? Kubeconfig, string? Context);
}
