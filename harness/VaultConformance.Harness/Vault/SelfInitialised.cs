using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault;

/// <summary>
/// Servers that a sidecar, a hook or a Job of the release initialised: their keys are theirs, and without them much can be judged all the
/// same.
/// </summary>
/// <param name="bootstrapper">Waits and unseals.</param>
/// <param name="progress">Where to report.</param>
/// <param name="redactor">Learns the secrets.</param>
internal sealed class SelfInitialised(VaultBootstrapper bootstrapper, IRunProgress progress, SecretRedactor redactor)
{
    private const string Phase = "bootstrap";

    private const string Remedy = "name the Secret with its keys and root token with --unseal-keys-from secret/NAME";

    /// <summary>Why nothing can be asked of such a server that needs a token.</summary>
    internal const string NoToken =
        "the release initialised its server itself (by a sidecar, a hook or a Job), so that this run has no token for it; " + Remedy;

    /// <summary>Takes the servers as they are: nobody said where their keys are.</summary>
    /// <param name="servers">All servers.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    internal async Task<BootstrapResult> AsTheyAreAsync(IReadOnlyList<ServerConnection> servers, CancellationToken cancellationToken)
    {
        bootstrapper.RequireNoSetup("the release initialised its server itself, and nobody said where its root token is");
        var status = await bootstrapper.AnswersAsync(servers[0], cancellationToken);
        progress.ReportNotice(
            Phase,
            $"'{servers[0].Pod}' was initialised by the release itself and is {(status.Sealed ? "sealed" : "unsealed")}. This run has "
                + "neither its keys nor a token: what needs one cannot be "
            + $"told, everything else is judged. To have it all, {Remedy}.");
        return new BootstrapResult(
            new UnsealMaterial([], new SecretText(string.Empty), AutoUnseal: true) { StaysSealed = status.Sealed },
            null) { NoAuditor = NoToken };
    }

    /// <summary>Waits until the release has initialised its servers and written its keys, and unseals what is still sealed.</summary>
    /// <param name="servers">All servers.</param>
    /// <param name="source">Where the keys are.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    /// <exception cref="HarnessException">The keys do not come, are none, or do not unseal.</exception>
    internal async Task<BootstrapResult> WithKeysAsync(
        IReadOnlyList<ServerConnection> servers, UnsealKeySource source, CancellationToken cancellationToken)
    {
        var keys = await ReadKeysAsync(source, cancellationToken);
        keys.Shares.ToList().ForEach(redactor.Register);
        var material = new UnsealMaterial(keys.Shares, keys.RootToken ?? new SecretText(string.Empty), AutoUnseal: false);
        foreach (var server in servers)
        {
            await bootstrapper.WaitUntilAsync<string>(
                bootstrapper.CreateGoal($"Vault server '{server.Pod}' to be initialised by the release itself"),
                async token => (await server.Api.SealStatusAsync(token)).Initialized
                    ? new Sighting<string>.Reached("initialised")
                    : new Sighting<string>.NotYet("it is not initialised"),
                cancellationToken);
            await bootstrapper.UnsealAsync(server, material, cancellationToken);
        }

        if (keys.RootToken is not { } root)
        {
            bootstrapper.RequireNoSetup("it holds no root token");
            var reason = $"Secret '{source.Secret}', which --unseal-keys-from names, holds unseal keys and no root token";
            progress.ReportNotice(Phase, $"{reason}. What needs a token cannot be told; everything else is judged.");
            return new BootstrapResult(material, null) { NoAuditor = reason };
        }

        redactor.Register(root);
        await bootstrapper.ConfigureAsync(servers[0], root, cancellationToken);
        return new BootstrapResult(material, await bootstrapper.CreateAuditorAsync(servers[0], root, cancellationToken));
    }

    private Task<UnsealKeys> ReadKeysAsync(UnsealKeySource source, CancellationToken cancellationToken) =>
        bootstrapper.WaitUntilAsync<UnsealKeys>(
            bootstrapper.CreateGoal($"Secret '{source.Secret}' with the keys of the release, which --unseal-keys-from names, to be made"),
            async token => await source.ReadAsync(token) is { } keys
                ? new Sighting<UnsealKeys>.Reached(keys)
                : new Sighting<UnsealKeys>.NotYet("it does not exist"),
            cancellationToken);
}
