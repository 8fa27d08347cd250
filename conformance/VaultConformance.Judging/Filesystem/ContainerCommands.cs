using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Something that a container runs.</summary>
/// <param name="Name">Where it is declared.</param>
/// <param name="Words">Command and arguments.</param>
internal sealed record ContainerCommand(string Name, IReadOnlyList<string> Words);

/// <summary>Everything that a container runs by its specification.</summary>
internal static class ContainerCommands
{
    /// <summary>Command with arguments, hooks and probes; headers of HTTP probes count as what they carry.</summary>
    /// <param name="container">A container as admitted.</param>
    public static IEnumerable<ContainerCommand> Find(V1Container container)
    {
        yield return new ContainerCommand("command and args", [.. container.Command ?? [], .. container.Args ?? []]);
        foreach (var (name, exec, request) in ListHandlers(container))
        {
            yield return new ContainerCommand(name, [.. exec?.Command ?? [], .. request?.Path is { } path
                ? [path]
                : (string[])[], .. (request?.HttpHeaders ?? []).Select(header => $"{header.Name}: {header.Value}")]);
        }
    }

    private static IEnumerable<(string Name, V1ExecAction? Exec, V1HTTPGetAction? Request)> ListHandlers(V1Container container) =>
    [
        ("postStart", container.Lifecycle?.PostStart?.Exec, container.Lifecycle?.PostStart?.HttpGet),
        ("preStop", container.Lifecycle?.PreStop?.Exec, container.Lifecycle?.PreStop?.HttpGet),
        ("livenessProbe", container.LivenessProbe?.Exec, container.LivenessProbe?.HttpGet),
        ("readinessProbe", container.ReadinessProbe?.Exec, container.ReadinessProbe?.HttpGet),
        ("startupProbe", container.StartupProbe?.Exec, container.StartupProbe?.HttpGet),
    ];
}
