using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Observations;

/// <summary>What the Vault API says about one server.</summary>
/// <param name="Version">Version as <c>sys/seal-status</c> or <c>sys/health</c> reports it.</param>
/// <param name="Initialized">Initialised.</param>
/// <param name="Sealed">Sealed.</param>
/// <param name="Standby">True on a standby; null when unknown.</param>
/// <param name="StorageType">For example <c>raft</c> or <c>file</c>.</param>
/// <param name="SealType">For example <c>shamir</c>.</param>
/// <param name="SanitizedConfig">
/// Data of <c>GET sys/config/state/sanitized</c> of this very server: what it loaded. Values that are not set read zero. Of a standby that
/// does not answer: the same members from the configuration files that it was started with. Null when neither could be read, see
/// <paramref name="SanitizedConfigProblem"/>.
/// </param>
/// <param name="SanitizedConfigProblem">Why the configuration could not be read; null when it was.</param>
/// <param name="ConfigSource">
/// Where the configuration was read: <c>api</c> or <c>files</c>; null when it was not read, or in evidence that does not tell.
/// </param>
public sealed record VaultServerState(
    string Version,
    bool Initialized,
    bool Sealed,
    bool? Standby,
    string StorageType,
    string SealType,
    JsonObject? SanitizedConfig,
    string? SanitizedConfigProblem,
    string? ConfigSource = null)
{
    /// <summary>The server told its configuration itself.</summary>
    public const string FromApi = "api";

    /// <summary>
    /// The configuration comes from the files that the server was started with, and says nothing about what it made of them.
    /// </summary>
    public const string FromFiles = "files";

    /// <summary>
    /// True when the server itself told its configuration. A standby never does; evidence that does not tell is taken at its word for an
    /// active server only.
    /// </summary>
    public bool IsOwnWord => SanitizedConfig is not null && (ConfigSource is null ? Standby == false : ConfigSource == FromApi);

    /// <summary>The listeners of the loaded configuration.</summary>
    public IReadOnlyList<JsonObject> Listeners =>
    [
        .. (SanitizedConfig?["listeners"] as JsonArray ?? []).OfType<JsonObject>(),
    ];
}

/// <summary>Lines of the server log that controls use.</summary>
/// <param name="Lines">The selected lines, oldest first, redacted.</param>
public sealed record ServerLogFacts(IReadOnlyList<string> Lines);
