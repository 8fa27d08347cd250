using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Probes.Server;

/// <summary>Asks each server for its state and for the configuration that it loaded.</summary>
/// <param name="access">Access to the API of the servers.</param>
/// <param name="files">Reads the configuration files of a standby, which does not answer.</param>
internal sealed class VaultStateProbe(ServerAccess access, LoadedConfigReader files) : IProbe<VaultServerState>
{
    /// <inheritdoc />
    public ObservationKind<VaultServerState> Kind => ObservationKinds.VaultState;

    /// <inheritdoc />
    public async Task<VaultServerState> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        using var server = await access.Connections.OpenAsync(Subjects.GetPodName(subject), access.Port, cancellationToken);
        var seal = await server.Api.SealStatusAsync(cancellationToken);
        var health = await server.Api.ReadHealthAsync(cancellationToken);
        var (config, problem, source) = await ReadConfigAsync(server, health.Standby, cancellationToken);
        return new VaultServerState(
            seal.Version, seal.Initialized, seal.Sealed, health.Standby, GetStorage(seal, config), seal.SealType, config, problem, source);
    }

    private async Task<(JsonObject? Config, string? Problem, string? Source)> ReadConfigAsync(
        ServerConnection server, bool standby, CancellationToken cancellationToken)
    {
        if (access.Auditor is not { } auditor)
        {
            return await ReadFilesAsync(
                server.Pod, access.NoAuditor ?? "there is no auditor token, because the server was not unsealed", cancellationToken);
        }

        try
        {
            var config = await server.Api.ReadSanitizedConfigAsync(auditor, cancellationToken);
            return (SanitizedConfiguration.Mask(config), null, VaultServerState.FromApi);
        }
        catch (VaultApiException exception)
        {
            return standby ? await ReadFilesAsync(server.Pod, exception.Message, cancellationToken) : (null, exception.Message, null);
        }
    }

    private async Task<(JsonObject? Config, string? Problem, string? Source)> ReadFilesAsync(
        string pod, string refusal, CancellationToken cancellationToken)
    {
        try
        {
            return (await files.ReadAsync(pod, cancellationToken), null, VaultServerState.FromFiles);
        }
        catch (HarnessException exception)
        {
            return (null, $"{refusal.TrimEnd('.')}. {exception.Message}", null);
        }
    }

    private static string GetStorage(SealStatus seal, JsonObject? config) =>
        seal.StorageType.Length > 0 ? seal.StorageType : config?["storage"]?["type"]?.ToString() ?? string.Empty;
}

/// <summary>Access to the API of the servers.</summary>
/// <param name="Connections">Opens API clients.</param>
/// <param name="Port">API port.</param>
/// <param name="Auditor">Token that may read the configuration; null when there is none.</param>
/// <param name="NoAuditor">Why there is no token; null when there is one, or the bootstrap did not get so far.</param>
internal sealed record ServerAccess(ServerConnections Connections, int Port, SecretText? Auditor, string? NoAuditor)
{
    /// <summary>What the server had before anybody configured it; null where nobody looked.</summary>
    public MountBaseline? Baseline { get; init; }
}
