namespace VaultConformance.Harness.Observations;

/// <summary>What a server answers to whom has no token.</summary>
/// <param name="Endpoints">Paths of the API that were asked.</param>
/// <param name="UiStatus">HTTP status of the user interface; null when it did not answer.</param>
/// <param name="Headers">Headers of the answers that controls use.</param>
/// <param name="Clock">What the server's clock showed; null when it did not say it.</param>
public sealed record EndpointFacts(
    IReadOnlyList<OpenEndpoint> Endpoints, int? UiStatus, ResponseHeaders Headers, ServerClock? Clock)
{
    /// <summary>Every path that is asked; one that is missing among the answers was not seen.</summary>
    internal static readonly IReadOnlyList<string> Paths =
    [
        "sys/metrics", "sys/pprof/", "sys/in-flight-req", "sys/host-info", "sys/internal/ui/mounts", "sys/config/state/sanitized",
        "sys/raw/vault-conformance-does-not-exist", "sys/internal/inspect/router/root", "sys/rekey/init", "sys/generate-root/attempt",
    ];
}

/// <summary>A path that was asked without a token.</summary>
/// <param name="Path">The path below <c>/v1/</c>.</param>
/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Tells">True where the answer holds something.</param>
/// <param name="Problem">Why there was no answer; null when there was one.</param>
public sealed record OpenEndpoint(string Path, int? Status, bool Tells, string? Problem);

/// <summary>Headers of answers; null where an answer does not have one.</summary>
/// <param name="ApiTransportSecurity"><c>Strict-Transport-Security</c> of the API.</param>
/// <param name="UiTransportSecurity"><c>Strict-Transport-Security</c> of the user interface.</param>
/// <param name="AllowedOrigin"><c>Access-Control-Allow-Origin</c> for a page of a made-up site.</param>
public sealed record ResponseHeaders(string? ApiTransportSecurity, string? UiTransportSecurity, string? AllowedOrigin);

/// <summary>The clock of a server. It tells whole seconds.</summary>
/// <param name="ServerSeconds">Seconds of the Unix epoch that the server told.</param>
/// <param name="SeenAt">The time of this machine between question and answer.</param>
public sealed record ServerClock(long ServerSeconds, DateTimeOffset SeenAt);
