namespace VaultConformance.OfflineKit.Engine;

/// <summary>What one question to the Docker engine found.</summary>
internal abstract record EngineStatus
{
    private EngineStatus()
    {
    }

    /// <summary>The engine answers.</summary>
    /// <param name="Endpoint">Where.</param>
    /// <param name="Version">The engine's version, for example <c>26.1.5</c>.</param>
    /// <param name="ApiVersion">Its newest API version.</param>
    public sealed record Reachable(EngineEndpoint Endpoint, string Version, string ApiVersion) : EngineStatus;

    /// <summary>No engine answers.</summary>
    /// <param name="Endpoint">Where it was asked.</param>
    /// <param name="Reason">What was seen; completes "… does not answer: ".</param>
    public sealed record Unreachable(EngineEndpoint Endpoint, string Reason) : EngineStatus;

    /// <summary>Something listens there and has not answered yet: the engine is there, and busy.</summary>
    /// <param name="Endpoint">Where it was asked.</param>
    /// <param name="Waited">How long nothing came.</param>
    public sealed record Silent(EngineEndpoint Endpoint, TimeSpan Waited) : EngineStatus;
}
