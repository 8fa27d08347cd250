using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Deployment;

/// <summary>Creates the one namespace that the harness owns, and removes it with everything in it.</summary>
/// <param name="client">Client for the API server.</param>
/// <param name="name">The namespace.</param>
/// <param name="runId">Id of the run.</param>
/// <param name="wait">Waits.</param>
internal sealed class NamespaceOwner(IKubernetes client, string name, string runId, Wait wait)
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);
    private bool _created;

    /// <summary>Creates the namespace.</summary>
    /// <exception cref="HarnessException">It exists already, so that it is not ours.</exception>
    internal async Task CreateAsync(CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string>(RunLabels.Of(runId));
        var wanted = new V1Namespace { Metadata = new V1ObjectMeta { Name = name, Labels = labels } };
        try
        {
            await client.CoreV1.CreateNamespaceAsync(wanted, cancellationToken: cancellationToken);
            _created = true;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Namespace '{name}' exists already. The run owns and removes its namespace, so it takes none that exists: choose another with --namespace, or remove it ('clean' removes leftovers of earlier runs).",
                exception);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            throw new HarnessException(
                FailureKind.Environment, $"Creating namespace '{name}' is not allowed: {ReasonOf(exception)}. Grant the credentials the right, or choose others with --context.", exception);
        }
    }

    /// <summary>Removes the namespace if this object created it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (!_created)
        {
            return;
        }

        await DeleteAsync(cancellationToken);
        var goal = new WaitGoal($"namespace '{name}' to be gone", RemovalLimit, Interval, "Remove it by hand with 'kubectl delete namespace'.");
        await wait.UntilAsync(goal, LookAsync, cancellationToken);
        _created = false;
    }

    /// <summary>The API server's own words for a refusal.</summary>
    internal static string ReasonOf(HttpOperationException exception)
    {
        var content = exception.Response.Content;
        var at = content?.IndexOf("\"message\":\"", StringComparison.Ordinal) ?? -1;
        return at < 0 ? exception.Message : content![(at + 11)..].Split('"')[0].Replace("\\", string.Empty, StringComparison.Ordinal);
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.DeleteCollectionNamespacedPodAsync(name, gracePeriodSeconds: 0, cancellationToken: cancellationToken);
            await client.CoreV1.DeleteNamespaceAsync(name, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return;
        }
    }

    private async Task<Sighting<string>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var seen = await client.CoreV1.ReadNamespaceAsync(name, cancellationToken: cancellationToken);
            return new Sighting<string>.NotYet($"it is {seen.Status.Phase}");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return new Sighting<string>.Reached(name);
        }
    }
}
