using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Diagnostics;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Deployment;

/// <summary>What a deployment leaves in writing: the manifest, what a kept release needs, diagnostics.</summary>
public sealed partial class VaultDeployment
{
    /// <summary>The rendered objects without secrets, patches included, as YAML; null when nothing was installed.</summary>
    public string? FindRenderedManifest() =>
        _state?.Installed is { } installed ? new ReleaseRedactor(Redactor).RedactManifest(installed.Rendered.Objects) : null;

    /// <summary>Writes down, for this user only, what is needed to observe the release again after this process has ended.</summary>
    /// <param name="folder">Private folder.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The file for <see cref="KeptTarget"/>.</returns>
    /// <exception cref="HarnessException">The release did not come up, so that there is nothing to keep.</exception>
    public async Task<string> KeepAsync(string folder, CancellationToken cancellationToken)
    {
        if (_state is not { Installed: { } installed, Bootstrap: { } bootstrap })
        {
            throw new HarnessException(
                FailureKind.Environment,
                "The release did not come up, so that nothing can be kept to be observed again. See the diagnostics.");
        }

        var kept = await KeptRelease.FromAsync(
            CreateParts(_state, installed, startupProblem: null), installed, bootstrap, _authority.RootPem, cancellationToken);
        await KubeconfigFile.WritePrivateAsync(
            Path.Combine(folder, KeptTarget.KubeconfigName),
            await File.ReadAllTextAsync(_cluster.KubeconfigPath, cancellationToken),
            cancellationToken);
        return await kept.WriteAsync(folder, cancellationToken);
    }

    /// <summary>
    /// Writes what helps to find out what went wrong. Never throws for what could not be collected; that is noted in the folder.
    /// </summary>
    /// <param name="folder">Where to.</param>
    /// <param name="failure">What went wrong; null when nothing did.</param>
    /// <param name="cancellationToken">Ends collecting.</param>
    public Task<DiagnosticsResult> WriteDiagnosticsAsync(string folder, Exception? failure, CancellationToken cancellationToken)
    {
        async Task<string> HistoryAsync(CancellationToken token) =>
            HelmRecords.WriteText(
                await new HelmReleases(_helm).ReadRecordsAsync(_options.ReleaseName, _options.Namespace, _cluster.KubeconfigPath, token),
                Redactor);
        var request = new DiagnosticsRequest(folder, _options.Namespace, failure, _state?.Installed is null ? null : HistoryAsync);
        return new DiagnosticsBundle(_cluster.Client, Redactor, _services.Time).CollectAsync(request, cancellationToken);
    }
}
