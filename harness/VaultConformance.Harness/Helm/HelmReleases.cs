using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Helm;

/// <summary>Renders, installs and removes releases.</summary>
/// <param name="helm">The Helm program.</param>
/// <remarks>
/// A sealed Vault pod is never Ready, so nothing here waits for readiness; and a failed install is left as it is, because rolling it back
/// would delete the evidence.
/// </remarks>
internal sealed class HelmReleases(HelmClient helm)
{
    private const string ValuesAdvice = "Correct the values files or choose another chart version with --chart-version.";

    /// <summary>Renders the objects without a cluster.</summary>
    /// <param name="request">What to render.</param>
    /// <param name="access">Facts on the cluster; null for Helm's own defaults.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <returns>YAML documents, hooks included.</returns>
    /// <exception cref="HelmCommandException">The chart does not render with these values.</exception>
    public async Task<string> RenderAsync(ReleaseRequest request, HelmClusterAccess? access, CancellationToken cancellationToken)
    {
        List<string> arguments =
            ["template", request.ReleaseName, request.Chart.Path, "--namespace", request.Namespace, .. ListValues(request)];
        if (access is not null)
        {
            arguments.AddRange(["--kube-version", access.KubernetesVersion]);
            arguments.AddRange(access.ApiVersions.SelectMany(version => new[] { "--api-versions", version }));
        }

        var result = await helm.RunAsync("template", arguments, cancellationToken);
        return result.ThrowOnFailure(FailureKind.Configuration, ValuesAdvice).StandardOutput;
    }

    /// <summary>Renders the objects before there is a cluster.</summary>
    /// <param name="request">What to render.</param>
    /// <param name="kubernetesVersion">Version of the cluster to come; null when it is not known.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="HelmCommandException">The chart does not render with these values.</exception>
    public async Task<string> PreviewAsync(ReleaseRequest request, string? kubernetesVersion, CancellationToken cancellationToken)
    {
        List<string> arguments =
            ["template", request.ReleaseName, request.Chart.Path, "--namespace", request.Namespace, .. ListValues(request)];
        if (kubernetesVersion is not null)
        {
            arguments.AddRange(["--kube-version", kubernetesVersion]);
        }

        var result = await helm.RunAsync("template", arguments, cancellationToken);
        return result.ThrowOnFailure(FailureKind.Configuration, ValuesAdvice).StandardOutput;
    }

    /// <summary>Installs the release.</summary>
    /// <param name="request">What to install.</param>
    /// <param name="access">The cluster.</param>
    /// <param name="limit">Time limit for Helm.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="HelmCommandException">The install failed.</exception>
    public Task InstallAsync(ReleaseRequest request, HelmClusterAccess access, TimeSpan limit, CancellationToken cancellationToken) =>
        ApplyAsync("install", request, access, limit, cancellationToken);

    /// <summary>Upgrades the release to exactly this chart and these values; nothing of the earlier ones is reused.</summary>
    /// <param name="request">What to upgrade to.</param>
    /// <param name="access">The cluster.</param>
    /// <param name="limit">Time limit for Helm.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="HelmCommandException">The upgrade failed.</exception>
    public Task UpgradeAsync(ReleaseRequest request, HelmClusterAccess access, TimeSpan limit, CancellationToken cancellationToken) =>
        ApplyAsync("upgrade", request, access, limit, cancellationToken);

    private async Task ApplyAsync(
        string verb, ReleaseRequest request, HelmClusterAccess access, TimeSpan limit, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            verb, request.ReleaseName, request.Chart.Path, "--namespace", request.Namespace, "--kubeconfig", access.KubeconfigPath,
            "--timeout", FormattableString.Invariant($"{(int)limit.TotalSeconds}s"), .. ListValues(request),
        ];
        if (helm.Version.Major >= 4)
        {
            arguments.Add(access.ServerSideApply ? "--server-side=true" : "--server-side=false");
        }

        var result = await helm.RunAsync(verb, arguments, cancellationToken);
        result.ThrowOnFailure(
            FailureKind.Environment,
            "See the diagnostics folder for the state of the cluster; correct the values or the cluster and run again.");
    }

    /// <summary>Removes the release without waiting for its pods.</summary>
    /// <param name="releaseName">Release name.</param>
    /// <param name="releaseNamespace">Namespace.</param>
    /// <param name="kubeconfigPath">Kubeconfig file.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    public Task<HelmResult> UninstallAsync(
        string releaseName, string releaseNamespace, string kubeconfigPath, CancellationToken cancellationToken) =>
        helm.RunAsync(
            "uninstall", ["uninstall", releaseName, "--namespace", releaseNamespace, "--kubeconfig", kubeconfigPath], cancellationToken);

    /// <summary>What Helm recorded of the release: <c>values</c>, <c>manifest</c> and <c>history</c>, as text.</summary>
    /// <param name="releaseName">Release name.</param>
    /// <param name="releaseNamespace">Namespace.</param>
    /// <param name="kubeconfigPath">Kubeconfig file.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    public async Task<HelmRecords> ReadRecordsAsync(
        string releaseName, string releaseNamespace, string kubeconfigPath, CancellationToken cancellationToken)
    {
        string[] where = [releaseName, "--namespace", releaseNamespace, "--kubeconfig", kubeconfigPath];
        var values = helm.RunAsync("get values", ["get", "values", .. where, "--all"], cancellationToken);
        var manifest = helm.RunAsync("get manifest", ["get", "manifest", .. where], cancellationToken);
        var history = helm.RunAsync("history", ["history", .. where, "--output", "json"], cancellationToken);
        return new HelmRecords(GetText(await values), GetText(await manifest), GetText(await history));
    }

    /// <summary>Reads the newest revision from the output of <c>helm history --output json</c>.</summary>
    /// <param name="history">The output.</param>
    /// <returns>The revision; 0 when there is none.</returns>
    public static int FindNewestRevision(string history)
    {
        try
        {
            return (JsonNode.Parse(history) as JsonArray)?.Select(entry => entry?["revision"]?.GetValue<int>() ?? 0).DefaultIfEmpty(0).Max()
                ?? 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static string GetText(HelmResult result) =>
        result.ExitCode == 0
            ? result.StandardOutput
            : $"# helm {result.Verb} ended with exit code {result.ExitCode}: {result.StandardError.Trim()}\n";

    private static IEnumerable<string> ListValues(ReleaseRequest request) =>
        request.ValuesFiles.SelectMany(file => new[] { "--values", Quote(file) });

    // Helm reads the option as a line of comma-separated fields.
    private static string Quote(string file) => file.AsSpan().ContainsAny(',', '"')
        ? $"\"{file.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : file;
}
