using VaultConformance.Harness.Config;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Where a server is told to connect to something without TLS, or without checking who answers.</summary>
internal static class UpstreamTraffic
{
    private static readonly string[] Blocks = ["seal", "kms", "storage", "backend", "ha_storage", "ha_backend", "service_registration"];

    // Names and the value that is wrong, from the configuration reference of seals and storage backends.
    private static readonly (string Name, bool Wrong)[] Switches =
        [
            ("tls_skip_verify", true),
            ("disable_ssl", true),
            ("plaintext_connection_allowed", true),
            ("plaintext_credentials_transmission", true),
            ("tls_verify_ip", false)
        ];

    /// <summary>Everything that is wrong, and what cannot be told.</summary>
    /// <param name="configurations">What the server was started with.</param>
    /// <param name="surroundings">What it has from elsewhere.</param>
    public static IReadOnlyList<UpstreamProblem> Find(IReadOnlyList<ServerConfiguration> configurations, Surroundings surroundings) =>
    [
        .. configurations
            .SelectMany(configuration => Blocks.SelectMany(configuration.Document.Root.ListStanzas))
            .SelectMany(
                block => Find(block, surroundings).Select(problem => problem with { Text = $"{block.Type} {block.Label}: {problem.Text}" }))
            .Distinct(),
    ];

    private static IEnumerable<UpstreamProblem> Find(HclBlock block, Surroundings surroundings) =>
        block.Body.Attributes.Where(IsWrong).Select(attribute => new UpstreamProblem($"{attribute.Name} (line {attribute.Line})", true))
            .Concat(block.Label.ToLowerInvariant() switch
            {
                "consul" => new ConsulUpstream(block.Body, surroundings).FindProblems(),
                "postgresql" or "cockroachdb" => new PostgresUpstream(block, surroundings).FindProblems(),
                _ => new PlainUpstreams(block, surroundings).FindProblems(),
            });

    private static bool IsWrong(HclAttribute attribute) =>
        Array.Find(Switches, known => known.Name.Equals(attribute.Name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } known
        && attribute.Value.AsSwitch() is var value && (known.Wrong ? value != false : value == false);
}
