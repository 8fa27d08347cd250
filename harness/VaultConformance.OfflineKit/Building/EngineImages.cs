using System.Collections.Concurrent;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Images in the engine's own store.</summary>
/// <param name="client">The engine.</param>
/// <param name="step">Name of the step, for messages.</param>
internal sealed class EngineImages(IDockerClient client, string step)
{
    public async Task<bool> HasAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await client.Images.InspectImageAsync(image, cancellationToken);
            return true;
        }
        catch (DockerImageNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Makes an image of one layer from a file system's archive.</summary>
    public async Task ImportAsync(string archive, string repository, string tag, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(archive);
        var parameters = new ImagesCreateParameters { FromSrc = "-", Repo = repository, Tag = tag };
        var messages = new Messages();
        await client.Images.CreateImageAsync(parameters, stream, new AuthConfig(), messages, cancellationToken);
        messages.ThrowOnError(step);
    }

    /// <summary>Builds an image from a context archive.</summary>
    public async Task BuildAsync(string context, string image, IDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(context);
        var parameters = new ImageBuildParameters { Tags = [image], BuildArgs = arguments, Remove = true, ForceRemove = true };
        var messages = new Messages();
        await client.Images.BuildImageFromDockerfileAsync(
            parameters, stream, [], new Dictionary<string, string>(), messages, cancellationToken);
        messages.ThrowOnError(step);
    }

    // The engine reports a failure as the last message of a stream that began with "200 OK".
    private sealed class Messages : IProgress<JSONMessage>
    {
        private readonly ConcurrentQueue<string> _errors = [];

        public void Report(JSONMessage value)
        {
            if (value.Error?.Message is { Length: > 0 } error)
            {
                _errors.Enqueue(error);
            }
        }

        public void ThrowOnError(string step)
        {
            if (!_errors.IsEmpty)
            {
                throw KitStepException.Refused(step, string.Join("; ", _errors), "See the engine's log; finished steps are kept.");
            }
        }
    }
}
