using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Reads paths of the active server as the auditor.</summary>
/// <param name="server">The server.</param>
/// <param name="auditor">The auditor's token.</param>
internal sealed class ApiReader(ServerConnection server, SecretText auditor) : IDisposable
{
    /// <summary>Its pod.</summary>
    public string Pod => server.Pod;

    /// <summary>Its API.</summary>
    public IVaultApi Api => server.Api;

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiAnswer> ReadAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(VaultCall.Read(path), auditor, cancellationToken);

    /// <summary>Lists names. A list that is empty is answered with 404 and no reason.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiAnswer> ListAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(VaultCall.List(path), auditor, cancellationToken);

    /// <summary>Writes to a path, for paths that only answer a question.</summary>
    /// <param name="path">The path.</param>
    /// <param name="body">The question.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiAnswer> AskAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(VaultCall.Write(path, body), auditor, cancellationToken);

    /// <summary>Reads a path without a token.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiAnswer> ReadOpenlyAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(VaultCall.Read(path), null, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => server.Dispose();

    private async Task<ApiAnswer> SendAsync(VaultCall call, SecretText? token, CancellationToken cancellationToken)
    {
        try
        {
            return new ApiAnswer(call.Path, await server.Api.SendAsync(call, token, cancellationToken), null);
        }
        catch (VaultApiException exception)
        {
            return new ApiAnswer(call.Path, null, exception.Message.TrimEnd('.'));
        }
    }
}

/// <summary>What the server answered.</summary>
/// <param name="Path">What was asked.</param>
/// <param name="Reply">The answer; null when there was none.</param>
/// <param name="Silence">Why there was none.</param>
internal sealed record ApiAnswer(string Path, VaultReply? Reply, string? Silence)
{
    private const int NotFound = 404;

    /// <summary>The answer; null when the server refused.</summary>
    public JsonObject? Data => Reply is { IsSuccess: true } ? Reply.Data ?? Reply.Body : null;

    /// <summary>True where there is nothing at the path.</summary>
    public bool IsEmpty => Reply is { Status: NotFound, Errors.Count: 0 };

    /// <summary>The names of a list; null when it could not be read.</summary>
    public IReadOnlyList<string>? Keys => Reply is { IsSuccess: true } ? Reply.Keys : IsEmpty ? [] : null;

    /// <summary>Why there is no answer.</summary>
    public string Problem => Silence ?? $"'{Path}' was answered with HTTP {Reply!.Status} ({Reply.DescribeErrors()})";
}
