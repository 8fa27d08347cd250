using System.Text.Json.Nodes;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault;

/// <summary>How a bootstrap lets the server be configured: by a token of its own, which goes with all that were made by it.</summary>
internal sealed partial class VaultBootstrapper
{
    private const string RootPolicy = "root";

    /// <summary>Lets the server be configured.</summary>
    /// <param name="server">The active server.</param>
    /// <param name="root">Makes the token.</param>
    /// <param name="cancellationToken">Ends the setup.</param>
    /// <exception cref="HarnessException">The setup failed. Its token is revoked all the same, if the server lets it.</exception>
    internal async Task ConfigureAsync(ServerConnection server, SecretText root, CancellationToken cancellationToken)
    {
        if (setup is null or { IsEmpty: true })
        {
            return;
        }

        var token = await CreateSetupTokenAsync(server, root, cancellationToken);
        try
        {
            await setup.RunAsync(server, token, cancellationToken);
        }
        catch
        {
            await RevokeAnywayAsync(server, token);
            throw;
        }

        await server.Api.RevokeSelfAsync(token, cancellationToken);
        progress.Note(Phase, "setup token revoked, with every token that was made by it");
    }

    /// <summary>Refuses a setup that cannot be done.</summary>
    /// <param name="reason">Why not.</param>
    /// <exception cref="HarnessException">There is a setup.</exception>
    internal void RequireNoSetup(string reason)
    {
        if (setup is { IsEmpty: false })
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"--setup needs a token that may do anything, and there is none: {reason}. Name the Secret with its keys "
                    + "and root token with --unseal-keys-from secret/NAME, or leave --setup out.");
        }
    }

    // A child of the root token: it goes with its parent if nobody revokes it before.
    private async Task<SecretText> CreateSetupTokenAsync(ServerConnection server, SecretText root, CancellationToken cancellationToken)
    {
        var ttl = FormattableString.Invariant($"{(int)AuditorPolicy.ComputeTimeToLive(limit).TotalSeconds}s");
        var body = new JsonObject
        {
            ["policies"] = new JsonArray(RootPolicy),
            ["ttl"] = ttl,
            ["explicit_max_ttl"] = ttl,
            ["display_name"] = "vault-conformance-setup",
        };
        var reply = await server.Api.SendAsync(VaultCall.Write("auth/token/create", body), root, cancellationToken);
        if (!reply.IsSuccess)
        {
            throw new VaultApiException("create setup token", server.Pod, reply.Status, reply.Errors);
        }

        var token = VaultAnswers.ReadClientToken(reply.Body);
        redactor.Register(token);
        return token;
    }
}

/// <summary>Configures a server that was just unsealed.</summary>
internal interface IServerSetup
{
    /// <summary>True when there is nothing to do.</summary>
    bool IsEmpty { get; }

    /// <summary>Configures it.</summary>
    /// <param name="server">The active server.</param>
    /// <param name="token">A token that may do anything; it is revoked afterwards by the caller.</param>
    /// <param name="cancellationToken">Ends the step that is being taken.</param>
    /// <exception cref="HarnessException">A step failed; the message says which, and what was last seen.</exception>
    Task RunAsync(ServerConnection server, SecretText token, CancellationToken cancellationToken);
}
