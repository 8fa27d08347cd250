using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>Reads the admission webhooks of the cluster that call into a namespace.</summary>
/// <param name="client">Client for the cluster; not owned.</param>
internal sealed class WebhookReader(IKubernetes client)
{
    /// <summary>The webhooks; null when the credentials may not list them, or the cluster does not serve them.</summary>
    /// <param name="home">The namespace.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<WebhookFacts>?> ReadAsync(string home, CancellationToken cancellationToken)
    {
        try
        {
            var api = client.AdmissionregistrationV1;
            var mutating = await api.ListMutatingWebhookConfigurationAsync(cancellationToken: cancellationToken);
            var validating = await api.ListValidatingWebhookConfigurationAsync(cancellationToken: cancellationToken);
            return List(home, mutating.Items, validating.Items);
        }
        catch (HttpOperationException exception)
            when (exception.Response?.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Those of the webhooks that call into a namespace.</summary>
    /// <param name="home">The namespace.</param>
    /// <param name="mutating">Configurations of webhooks that change objects.</param>
    /// <param name="validating">Configurations of webhooks that refuse objects.</param>
    public static IReadOnlyList<WebhookFacts> List(
        string home,
        IEnumerable<V1MutatingWebhookConfiguration> mutating,
        IEnumerable<V1ValidatingWebhookConfiguration> validating) =>
    [
        .. mutating.SelectMany(configuration => (configuration.Webhooks ?? [])
            .Where(webhook => IsInto(home, webhook.ClientConfig))
            .Select(webhook => Describe(
                V1MutatingWebhookConfiguration.KubeKind, configuration, webhook.Name, webhook.ClientConfig,
                webhook.FailurePolicy, webhook.NamespaceSelector))),
        .. validating.SelectMany(configuration => (configuration.Webhooks ?? [])
            .Where(webhook => IsInto(home, webhook.ClientConfig))
            .Select(webhook => Describe(
                V1ValidatingWebhookConfiguration.KubeKind, configuration, webhook.Name, webhook.ClientConfig,
                webhook.FailurePolicy, webhook.NamespaceSelector))),
    ];

    // A webhook may name its Service by address as well.
    private static bool IsInto(string home, Admissionregistrationv1WebhookClientConfig? target) => target?.Service is { } service
        ? service.NamespaceProperty == home
        : Uri.TryCreate(target?.Url, UriKind.Absolute, out var address)
            && address.Host.Split('.') is [_, var space, "svc", ..]
            && space == home;

    private static WebhookFacts Describe(
        string kind,
        IMetadata<V1ObjectMeta> configuration,
        string name,
        Admissionregistrationv1WebhookClientConfig target,
        string? policy,
        V1LabelSelector? namespaces) =>
        new(
            $"{kind.ToLowerInvariant()}/{configuration.Metadata.Name}",
            name,
            target.Service?.Name ?? target.Url,
            policy,
            namespaces is { MatchLabels.Count: > 0 } or { MatchExpressions.Count: > 0 });
}
