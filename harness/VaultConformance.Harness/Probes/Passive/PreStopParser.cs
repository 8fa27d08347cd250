using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Shell;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Puts the preStop hook and what the image has of it together.</summary>
internal static class PreStopParser
{
    private const int ItemsPerWord = 2;

    /// <summary>The hook of a container as admitted; empty when it has none that runs a command.</summary>
    public static IReadOnlyList<string> ListCommand(V1Container container) => [.. container.Lifecycle?.PreStop?.Exec?.Command ?? []];

    /// <exception cref="PodDumpException">The words were not looked up.</exception>
    public static PreStopFacts Parse(PodDump dump, IReadOnlyList<string> command)
    {
        var found = dump.Require("words").Items.Chunk(ItemsPerWord)
            .Where(items => items is [_, "y"])
            .Select(items => items[0])
            .ToHashSet(StringComparer.Ordinal);
        var words = HookAnalysis.From(command).Words;
        return new PreStopFacts(command, words, [.. words.Where(word => !found.Contains(word))]);
    }
}

/// <summary>Looks up the commands of the preStop hook.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class PreStopProbe(IPodDumps dumps) : PodDumpProbe<PreStopFacts>(ObservationKinds.PreStop, dumps)
{
    private readonly IPodDumps _dumps = dumps;

    /// <inheritdoc />
    protected override async Task<PreStopFacts> ReadAsync(PodDump dump, string subject, CancellationToken cancellationToken) =>
        PreStopParser.Parse(dump, PreStopParser.ListCommand(await _dumps.GetServerContainerAsync(subject, cancellationToken)));
}
