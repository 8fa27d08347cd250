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
    private bool _mayExist;

    /// <summary>Creates the namespace.</summary>
    /// <exception cref="HarnessException">It exists already, so that it is not ours, or it cannot be created.</exception>
    internal async Task CreateAsync(CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string>(RunLabels.CreateFor(runId));
        var wanted = new V1Namespace { Metadata = new V1ObjectMeta { Name = name, Labels = labels } };
        try
        {
            // Whoever cancels does not learn whether it was created; the label tells at the removal.
            _mayExist = true;
            await client.CoreV1.CreateNamespaceAsync(wanted, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (ApiFailure.FindStatus(exception) == HttpStatusCode.Conflict)
        {
            _mayExist = false;
            throw new HarnessException(
                FailureKind.Configuration,
                $"Namespace '{name}' exists already. The run owns and removes its namespace, so it takes none that exists: choose another "
                    + "with --namespace, or remove it ('clean' removes leftovers of earlier runs).",
                exception);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            var (problem, advice) = ApiFailure.IsRefusal(exception)
                ? ("is not allowed", "Grant the credentials the right, or choose others with --context.")
                : ("failed", "Check the name given with --namespace, and the cluster.");
            throw new HarnessException(
                FailureKind.Environment,
                $"Creating namespace '{name}' {problem}: {ApiFailure.DescribeReason(exception)}. {advice}",
                exception);
        }
    }

    /// <summary>Removes the namespace if this object created it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">It could not be removed.</exception>
    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (!_mayExist)
        {
            return;
        }

        try
        {
            if (!await IsOursAsync(cancellationToken))
            {
                return;
            }

            await DeleteAsync(cancellationToken);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw new HarnessException(
                FailureKind.Environment, $"Namespace '{name}' could not be removed: {ApiFailure.DescribeReason(exception)}. Remove it by "
                    + $"hand with 'kubectl delete namespace {name}'.", exception);
        }

        var goal =
            new WaitGoal(
                $"namespace '{name}' to be gone", RemovalLimit, Interval, $"Remove it by hand with 'kubectl delete namespace {name}'.");
        await wait.UntilAsync(goal, LookAsync, cancellationToken);
        _mayExist = false;
    }

    private async Task<bool> IsOursAsync(CancellationToken cancellationToken)
    {
        try
        {
            var seen = await client.CoreV1.ReadNamespaceAsync(name, cancellationToken: cancellationToken);
            return seen.Metadata.Labels?.TryGetValue(RunLabels.Run, out var owner) == true && owner == runId;
        }
        catch (HttpOperationException exception) when (ApiFailure.FindStatus(exception) == HttpStatusCode.NotFound)
        {
            return false;
        }
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
            return new Sighting<string>.NotYet($"it is {seen.Status?.Phase ?? "still there"}");
        }
        catch (HttpOperationException exception) when (ApiFailure.FindStatus(exception) == HttpStatusCode.NotFound)
        {
            return new Sighting<string>.Reached(name);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            return new Sighting<string>.NotYet($"the API server does not tell: {ApiFailure.DescribeReason(exception)}");
        }
    }
}
