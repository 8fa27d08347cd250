using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>A variable in the environment that a server really has.</summary>
/// <param name="Present">True when it is set, false when it is not, null when that cannot be told.</param>
/// <param name="Value">Its value; null when it is not set or not known.</param>
/// <param name="Source">Where that was read.</param>
public sealed record EffectiveVariable(bool? Present, string? Value, string Source)
{
    /// <summary>True when it is not set, or its value is known.</summary>
    public bool IsKnown => Present == false || Value is not null;
}

/// <summary>
/// The environment that a server really has: of its process, where that can be read. What the pod declares is less: <c>envFrom</c>,
/// Secrets, the image and a start script add to it.
/// </summary>
/// <param name="server">The server process.</param>
/// <param name="pod">Its pod.</param>
/// <param name="container">Its container as admitted.</param>
public sealed class EffectiveEnvironment(ProcessFacts server, V1Pod pod, V1Container container)
{
    /// <summary>
    /// The environment of a process; null when it could not be read, or was read as empty although the container declares variables.
    /// </summary>
    /// <param name="server">The process.</param>
    /// <param name="container">Its container as admitted.</param>
    public static EnvironmentFacts? FindReadable(ProcessFacts server, V1Container container) =>
        server.Environment is { } environment && (environment.Names.Count > 0 || container.Env is not { Count: > 0 }) ? environment : null;

    /// <summary>Looks a variable up.</summary>
    /// <param name="name">Name of the variable.</param>
    public EffectiveVariable Find(string name)
    {
        var source = $"environment of {server.DescribeLabel()}";
        if (server.Environment?.Settings.GetValueOrDefault(name) is { } value)
        {
            return new EffectiveVariable(true, value, source);
        }

        // What the pod declares counts too: that the process lacks it may be a matter of when it was checked.
        if (Declares(name) || server.Environment?.Names.Contains(name) == true)
        {
            return new EffectiveVariable(true, Declares(name) ? PodVariables.FindValue(pod, container, name) : null, "pod specification");
        }

        return FindReadable(server, container) is null
            ? new EffectiveVariable(null, null, Unreadable)
            : new EffectiveVariable(false, null, source);
    }

    /// <summary>Why a variable that was not found is not known to be absent.</summary>
    public string Unreadable => $"the environment of {server.DescribeLabel()} cannot be read, and {Others} may set it";

    private string Others => container.EnvFrom is { Count: > 0 } sources
        ? $"envFrom ({string.Join(", ", sources.Select(source => source.ConfigMapRef?.Name ?? source.SecretRef?.Name ?? "?"))}), the "
            + "image or its start script"
        : "the image or its start script";

    private bool Declares(string name) => container.Env?.Any(variable => variable.Name == name) == true;
}
