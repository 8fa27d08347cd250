using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Configurations;

namespace VaultConformance.Harness.Clusters;

/// <summary>Finds and removes node containers by their labels, with their volumes.</summary>
/// <remarks>Testcontainers removes containers through its reaper; where the reaper's image cannot be pulled, removal is ours.</remarks>
internal static class NodeContainers
{
    /// <summary>Tells Testcontainers how to behave on this machine. Call once, before any container.</summary>
    /// <param name="reaper">False where the reaper's image cannot be had.</param>
    public static void Prepare(bool reaper)
    {
        TestcontainersSettings.ResourceReaperEnabled = reaper;
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is null or { Length: 0 } || IsLocalSocket())
        {
            // The certificate of the node names 127.0.0.1, and a local engine publishes ports there.
            TestcontainersSettings.DockerHostOverride = "127.0.0.1";
        }
    }

    /// <summary>Removes a container and its volumes, running or not.</summary>
    /// <param name="id">Container id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        using var docker = CreateClient();
        try
        {
            await docker.Containers.RemoveContainerAsync(
                id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, cancellationToken);
        }
        catch (DockerContainerNotFoundException)
        {
            return;
        }
    }

    /// <summary>All node containers of all runs.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<IReadOnlyList<NodeContainer>> ListAsync(CancellationToken cancellationToken)
    {
        using var docker = CreateClient();
        var filter =
            new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [RunLabels.Run] = true } };
        var found =
            await docker.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filter }, cancellationToken);
        return
        [
            .. found.Select(container => new NodeContainer(
                container.ID,
                container.Names.FirstOrDefault()?.TrimStart('/') ?? container.ID,
                container.Labels[RunLabels.Run],
                RunOwner.From(container.Labels),
                new DateTimeOffset(container.Created.ToUniversalTime(), TimeSpan.Zero),
                container.Labels.ContainsKey(RunLabels.Keep))),
        ];
    }

    /// <summary>Removes a container that a run left.</summary>
    /// <param name="container">The container.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task RemoveAsync(NodeContainer container, CancellationToken cancellationToken) =>
        RemoveAsync(container.Id, cancellationToken);

    /// <summary>Removes the node containers of one run.</summary>
    /// <param name="runId">Id of the run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static async Task RemoveOfRunAsync(string runId, CancellationToken cancellationToken)
    {
        foreach (var container in (await ListAsync(cancellationToken)).Where(container => container.RunId == runId))
        {
            await RemoveAsync(container, cancellationToken);
        }
    }

    private static bool IsLocalSocket() =>
        Environment.GetEnvironmentVariable("DOCKER_HOST")?.StartsWith("unix:", StringComparison.Ordinal) == true;

    private static DockerClient CreateClient() =>
        (DockerClient)TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.Empty).Build();
}

/// <summary>A node container of a run.</summary>
/// <param name="Id">Container id.</param>
/// <param name="Name">Container name.</param>
/// <param name="RunId">Run that made it.</param>
/// <param name="Owner">Process that made it.</param>
/// <param name="CreatedAt">When it was created, by the engine's clock.</param>
/// <param name="Kept">True when it was left on purpose.</param>
internal sealed record NodeContainer(string Id, string Name, string RunId, RunOwner Owner, DateTimeOffset CreatedAt, bool Kept);
