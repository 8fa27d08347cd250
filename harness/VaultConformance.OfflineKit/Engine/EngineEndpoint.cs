using VaultConformance.Harness;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>Where the Docker engine listens.</summary>
/// <param name="Uri">For example <c>unix:///var/run/docker.sock</c>.</param>
/// <param name="IsChosen">True when the user chose it by <c>DOCKER_HOST</c>; such an engine is never set up by us.</param>
internal sealed record EngineEndpoint(Uri Uri, bool IsChosen)
{
    private const string Variable = "DOCKER_HOST";

    /// <summary>The endpoint of this process: <c>DOCKER_HOST</c>, else the platform's default.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <exception cref="HarnessException"><c>DOCKER_HOST</c> is no address.</exception>
    public static EngineEndpoint FromEnvironment(Func<string, string?> environment)
    {
        var chosen = environment(Variable);
        if (string.IsNullOrWhiteSpace(chosen))
        {
            return new EngineEndpoint(PlatformDefault, IsChosen: false);
        }

        return Uri.TryCreate(chosen, UriKind.Absolute, out var uri)
            ? new EngineEndpoint(uri, IsChosen: uri != PlatformDefault)
            : throw new HarnessException(
                FailureKind.Configuration,
                $"{Variable} is '{chosen}', which is not an address. Use a form like unix:///var/run/docker.sock or tcp://host:2375, or "
                    + "unset it.");
    }

    /// <inheritdoc />
    public override string ToString() => Uri.OriginalString;

    internal bool IsSsh => Uri.Scheme == "ssh";

    internal bool IsPlatformDefault => Uri == PlatformDefault;

    internal string? SocketPath => Uri.Scheme == "unix" ? Uri.AbsolutePath : null;

    private static Uri PlatformDefault =>
        new(OperatingSystem.IsWindows() ? "npipe://./pipe/docker_engine" : "unix:///var/run/docker.sock");
}
