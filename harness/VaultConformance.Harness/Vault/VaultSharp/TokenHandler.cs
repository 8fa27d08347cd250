namespace VaultConformance.Harness.Vault.VaultSharp;

/// <summary>Ends the requests of one call with its token: VaultSharp's own methods take none.</summary>
/// <param name="shared">Sends the requests; not owned.</param>
/// <param name="callToken">Ends the call.</param>
internal sealed class TokenHandler(HttpMessageHandler shared, CancellationToken callToken) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _shared = new(shared, disposeHandler: false);

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, callToken);
        var response = await _shared.SendAsync(request, either.Token);
        // VaultSharp would read the body without the token.
        await response.Content.LoadIntoBufferAsync(HttpVaultApiFactory.LargestAnswer, either.Token);
        return response;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _shared.Dispose();
        base.Dispose(disposing);
    }
}
