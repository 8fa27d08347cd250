using VaultConformance.Harness.Config;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>One way by which a server finds another.</summary>
/// <param name="Address">Address of the other server (<c>leader_api_addr</c>); null where it is found in another way.</param>
/// <param name="ServerName">
/// The name that its certificate is asked for (<c>leader_tls_servername</c>); null for the host of the address.
/// </param>
internal sealed record RetryJoin(string? Address, string? ServerName)
{
    private static readonly string[] Stanzas = ["storage", "backend", "ha_storage", "ha_backend"];

    /// <summary>All of a configuration.</summary>
    /// <param name="configurations">What the server was started with.</param>
    public static IReadOnlyList<RetryJoin> List(IReadOnlyList<ServerConfiguration> configurations) =>
    [
        .. configurations
            .SelectMany(configuration => Stanzas.SelectMany(configuration.Document.Root.ListStanzas))
            .Where(storage => storage.Label.Equals("raft", StringComparison.OrdinalIgnoreCase))
            .SelectMany(storage => storage.Body.ListStanzas("retry_join"))
            .Select(join => new RetryJoin(FindText(join.Body, "leader_api_addr"), FindText(join.Body, "leader_tls_servername"))),
    ];

    private static string? FindText(HclBody body, string name) => body.FindValue(name)?.AsText() is { Length: > 0 } text ? text : null;
}
