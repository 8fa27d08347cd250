using System.Net;
using System.Net.Http.Headers;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.PodSecurity;

/// <summary>
/// Asks the API server by dry runs what it would say if the namespace enforced <em>restricted</em>, and what it enforces. Nothing changes.
/// </summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="home">The namespace.</param>
internal sealed class PodSecurityProbe(IKubernetes client, string home) : IProbe<PodSecurityFacts>
{
    private const string Level = "pod-security.kubernetes.io/enforce";
    private const string Version = "pod-security.kubernetes.io/enforce-version";
    private const string Restricted = "restricted";
    private const string Latest = "latest";
    private const string UnknownLevel = "vault-conformance-asks";

    /// <summary>Asks the cluster of a live system.</summary>
    /// <param name="context">The live system.</param>
    [ActivatorUtilitiesConstructor]
    public PodSecurityProbe(ProbeContext context)
        : this(context.Client, context.Namespace)
    {
    }

    /// <inheritdoc />
    public ObservationKind<PodSecurityFacts> Kind => ObservationKinds.PodSecurity;

    /// <inheritdoc />
    public async Task<PodSecurityFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var (enforced, refusal) = await new RefusedPod(client, home).AskAsync(cancellationToken);
        return await AskAboutPodsAsync(cancellationToken) with { Enforced = enforced, Refusal = refusal };
    }

    private async Task<PodSecurityFacts> AskAboutPodsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RefusesUnknownLevelAsync(cancellationToken)
                ? new PodSecurityFacts(true, await ListWarningsAsync(cancellationToken), null)
                : new PodSecurityFacts(false, null, null);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            return new PodSecurityFacts(null, null, ApiFailure.DescribeReason(exception));
        }
    }

    // Only this admission knows which levels there are. Without it the label is a label like any other.
    private async Task<bool> RefusesUnknownLevelAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await PatchAsync(UnknownLevel, Latest, cancellationToken);
            return false;
        }
        catch (HttpOperationException exception) when (exception.Response is { StatusCode: HttpStatusCode.UnprocessableEntity } response
            && response.Content?.Contains(Level, StringComparison.Ordinal) == true
            && response.Content.Contains(Restricted, StringComparison.Ordinal))
        {
            return true;
        }
    }

    // Pods are evaluated only when the policy changes, and a cluster may have one for namespaces without labels. Two versions of it that
    // demand the same cannot both be what is in force already.
    private async Task<IReadOnlyList<string>> ListWarningsAsync(CancellationToken cancellationToken)
    {
        var code = await client.Version.GetCodeAsync(cancellationToken);
        var warnings = new List<string>();
        foreach (var version in new[] { Latest, $"v{code.Major}.{new string([.. code.Minor.TakeWhile(char.IsAsciiDigit)])}" })
        {
            using var answer = await PatchAsync(Restricted, version, cancellationToken);
            warnings.AddRange(Read(answer.Response.Headers));
        }

        return [.. warnings.Distinct(StringComparer.Ordinal)];
    }

    private Task<HttpOperationResponse<V1Namespace>> PatchAsync(string level, string version, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string> { [Level] = level, [Version] = version };
        return client.CoreV1.PatchNamespaceWithHttpMessagesAsync(
            new V1Patch(new { metadata = new { labels } }, V1Patch.PatchType.MergePatch),
            home,
            dryRun: "All",
            cancellationToken: cancellationToken);
    }

    private static IEnumerable<string> Read(HttpResponseHeaders headers) => headers.TryGetValues("Warning", out var values)
        ? values.SelectMany(WarningText.List)
        : [];
}
