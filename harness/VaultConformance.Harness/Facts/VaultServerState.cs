using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Facts;

/// <summary>What the Vault API says about one server.</summary>
/// <param name="Version">Version as <c>sys/seal-status</c> or <c>sys/health</c> reports it.</param>
/// <param name="Initialized">Initialised.</param>
/// <param name="Sealed">Sealed.</param>
/// <param name="Standby">True on a standby; null when unknown.</param>
/// <param name="StorageType">For example <c>raft</c> or <c>file</c>.</param>
/// <param name="SealType">For example <c>shamir</c>.</param>
/// <param name="SanitizedConfig">
/// Data of <c>GET sys/config/state/sanitized</c> of this very server: what it loaded. Values that are not set read zero. Of a standby that does not
/// answer: the same members from the configuration files that it was started with. Null when neither could be read, see
/// <paramref name="SanitizedConfigProblem"/>.
/// </param>
/// <param name="SanitizedConfigProblem">Why the configuration could not be read; null when it was.</param>
public sealed record VaultServerState(
    string Version,
    bool Initialized,
    bool Sealed,
    bool? Standby,
    string StorageType,
    string SealType,
    JsonObject? SanitizedConfig,
    string? SanitizedConfigProblem)
{
    /// <summary>The listeners of the loaded configuration.</summary>
    public IReadOnlyList<JsonObject> Listeners =>
    [
        .. (SanitizedConfig?["listeners"] as JsonArray ?? []).OfType<JsonObject>(),
    ];
}

/// <summary>Lines of the server log that controls use.</summary>
/// <param name="Lines">The selected lines, oldest first, redacted.</param>
public sealed record ServerLogFacts(IReadOnlyList<string> Lines);
