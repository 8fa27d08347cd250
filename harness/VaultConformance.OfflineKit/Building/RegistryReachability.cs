using System.Net;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Finds out quickly whether container registries answer; when none does, a run falls back to the offline kit.</summary>
/// <param name="client">Sends the requests; its handler knows the machine's proxy. Not owned.</param>
/// <param name="timeProvider">Clock for the limit.</param>
internal sealed class RegistryReachability(HttpClient client, TimeProvider timeProvider)
{
    /// <summary>Longest time that the question takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Hosts of the registries that the default images come from.</summary>
    public static IReadOnlyList<string> DefaultRegistries { get; } = ["registry-1.docker.io"];

    /// <summary>Asks all registries at once.</summary>
    /// <param name="registries">Host names, with a port where it is not 443.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>One answer for each registry, in order.</returns>
    public async Task<IReadOnlyList<RegistryAnswer>> AskAsync(IReadOnlyList<string> registries, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Limit, timeProvider, cancellationToken);
        var answers = await Task.WhenAll(registries.Select(registry => AskAsync(registry, limit.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        return answers;
    }

    private async Task<RegistryAnswer> AskAsync(string registry, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{registry}/v2/");
            // A name look-up in a closed network can hang and cannot be cancelled: it is left behind.
            using var response =
                await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).WaitAsync(cancellationToken);
            return IsRegistry(response)
                ? new RegistryAnswer(registry, Answers: true, "answers")
                : new RegistryAnswer(registry, Answers: false, $"something else answered with HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            return new RegistryAnswer(registry, Answers: false, $"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (HttpRequestException exception)
        {
            return new RegistryAnswer(registry, Answers: false, exception.GetBaseException().Message);
        }
    }

    // The distribution protocol: /v2/ answers 200, or 401 with a challenge. Proxies and captive portals answer otherwise.
    private static bool IsRegistry(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.OK => response.Headers.Contains("Docker-Distribution-Api-Version"),
        HttpStatusCode.Unauthorized => response.Headers.WwwAuthenticate.Count > 0,
        _ => false,
    };
}

/// <summary>What one registry said.</summary>
/// <param name="Registry">Its host.</param>
/// <param name="Answers">True when images can be asked for there.</param>
/// <param name="Detail">What was seen.</param>
internal sealed record RegistryAnswer(string Registry, bool Answers, string Detail);
