using System.Text.Json;
using VaultConformance.Files;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Deployment;

/// <summary>
/// What a kept release needs to be observed again. The file holds keys, is private to the user, and goes when the release goes.
/// </summary>
internal sealed record KeptRelease(
    string Namespace,
    int ApiPort,
    string HeadlessService,
    string ServerImage,
    IReadOnlyList<string> PullSecrets,
    string RootPem,
    string? Fingerprint,
    IReadOnlyList<string> UnsealKeys,
    bool AutoUnseal,
    string AuditorToken,
    TimeSpan StepLimit,
    ReleaseFacts Release,
    TrustFacts Trust)
{
    private const string FileName = "target.json";

    /// <summary>
    /// Certificate and key that are shown to listeners that demand them; null when there are none, or an older program kept the release.
    /// </summary>
    public KeptClient? Client { get; init; }

    /// <summary>Where it is; never the keys.</summary>
    public override string ToString() => $"kept release in namespace {Namespace}";

    internal static async Task<KeptRelease> FromAsync(
        LiveTargetParts parts,
        InstalledRelease installed,
        BootstrapResult bootstrap,
        string rootPem,
        CancellationToken cancellationToken) => new(
        parts.Namespace,
        parts.ApiPort,
        installed.Rendered.HeadlessService,
        installed.Rendered.ServerContainer["image"]?.ToString() ?? string.Empty,
        installed.Rendered.PullSecrets,
        rootPem,
        installed.Certificate?.Fingerprint,
        [.. bootstrap.Material.Keys.Select(key => key.Reveal())],
        bootstrap.Material.AutoUnseal,
        bootstrap.Auditor?.Reveal() ?? string.Empty,
        parts.StepLimit,
        await parts.Release(cancellationToken),
        await parts.Trust(cancellationToken)) { Client = KeptClient.From(parts.Servers.Client) };

    /// <summary>Writes the file.</summary>
    /// <returns>Its path.</returns>
    internal async Task<string> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        await KubeconfigFile.WritePrivateAsync(path, JsonSerializer.Serialize(this, EvidenceJson.Options), cancellationToken);
        return path;
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="HarnessException">It is missing or cannot be read.</exception>
    internal static async Task<KeptRelease> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            RegularFile.Require(file);
            await using var stream = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<KeptRelease>(stream, EvidenceJson.Options, cancellationToken)
                ?? throw new JsonException("The file holds no object.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(
                FailureKind.Configuration, $"'{file}' cannot be read as a kept target: {JsonProblem.Explain(exception)} Name a file that "
                    + "'run --keep' wrote and 'clean' has not removed.");
        }
    }
}

/// <summary>A client certificate of a kept release.</summary>
/// <param name="Certificates">The certificate and what leads to its authority, PEM.</param>
/// <param name="Key">Its key, PEM.</param>
/// <param name="Origin">Whose it is.</param>
internal sealed record KeptClient(string Certificates, string Key, string Origin)
{
    /// <summary>Whose it is; never the key.</summary>
    public override string ToString() => $"client certificate {Origin}";

    /// <summary>What is kept of a certificate.</summary>
    internal static KeptClient? From(ClientCertificate? client) =>
        client is null ? null : new KeptClient(client.Chain.Pem, client.Key.Reveal(), client.Origin);

    /// <summary>The certificate again.</summary>
    /// <param name="now">The time.</param>
    /// <exception cref="HarnessException">It has expired since.</exception>
    internal ClientCertificate Open(DateTimeOffset now) => ClientCertificate.From(ClientChain.Parse(Certificates, now), Key, Origin);
}
