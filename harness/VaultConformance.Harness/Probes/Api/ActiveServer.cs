using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Finds the active server. Standbys may forward what they are asked, or not; the active one knows.</summary>
/// <param name="context">The live system.</param>
/// <param name="access">Access to the API of the servers.</param>
internal sealed class ActiveServer(ProbeContext context, ServerAccess access)
{
    /// <summary>Opens it for the auditor.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="HarnessException">There is no token, or no active server.</exception>
    public async Task<ApiReader> OpenAsync(CancellationToken cancellationToken)
    {
        if (access.Auditor is not { } auditor)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"This can only be asked with a token, and there is none: {access.NoAuditor ?? "the server was not unsealed"}.");
        }

        List<string> seen = [];
        foreach (var pod in (await context.ObserveObjectsAsync(cancellationToken)).ServerPods.Select(pod => pod.Metadata.Name))
        {
            if (await TryOpenAsync(pod, seen, cancellationToken) is { } server)
            {
                return new ApiReader(server, auditor);
            }
        }

        throw new HarnessException(
            FailureKind.Environment,
            $"No server of the release is active: {(seen.Count == 0 ? "there is no server pod" : string.Join("; ", seen))}.");
    }

    private async Task<ServerConnection?> TryOpenAsync(string pod, List<string> seen, CancellationToken cancellationToken)
    {
        try
        {
            var server = await access.Connections.OpenAsync(pod, access.Port, cancellationToken);
            var health = await ReadHealthAsync(server, cancellationToken);
            if (health.Active)
            {
                return server;
            }

            server.Dispose();
            seen.Add($"{pod} is {(!health.Initialized ? "not initialised" : health.Sealed ? "sealed" : "a standby")}");
        }
        catch (HarnessException exception)
        {
            seen.Add($"{pod}: {exception.Message.TrimEnd('.')}");
        }

        return null;
    }

    private static async Task<ServerHealth> ReadHealthAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        try
        {
            return await server.Api.ReadHealthAsync(cancellationToken);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
