using VaultConformance.Harness.Config;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Where a server is told to connect to something without checking who answers.</summary>
internal static class UpstreamTraffic
{
    private static readonly string[] Blocks = ["seal", "kms", "storage", "backend", "ha_storage", "ha_backend", "service_registration"];

    // Names and the value that is wrong, from the configuration reference of seals and storage backends.
    private static readonly (string Name, bool Wrong)[] Switches =
        [("tls_skip_verify", true), ("disable_ssl", true), ("plaintext_connection_allowed", true), ("plaintext_credentials_transmission", true), ("tls_verify_ip", false)];

    private static readonly string[] PlainSslModes = ["sslmode=disable", "sslmode=allow", "sslmode=prefer"];

    /// <summary>Every such setting.</summary>
    /// <param name="configurations">What the server was started with.</param>
    public static IEnumerable<string> Unverified(IReadOnlyList<ServerConfiguration> configurations) => configurations
        .SelectMany(configuration => Blocks.SelectMany(configuration.Document.Root.Stanzas))
        .SelectMany(block => Settings(block).Select(setting => $"{block.Type} {block.Label}: {setting}"));

    private static IEnumerable<string> Settings(HclBlock block) => block.Body.Attributes.Where(IsWrong)
        .Select(attribute => $"{attribute.Name} (line {attribute.Line})")
        .Concat(PlainUpstreams.Of(block) is { } plain ? [plain] : []);

    private static bool IsWrong(HclAttribute attribute)
    {
        var text = attribute.Value.AsText() ?? string.Empty;
        if (Array.Find(Switches, known => known.Name.Equals(attribute.Name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } known)
        {
            return attribute.Value.AsSwitch() is var value && (known.Wrong ? value != false : value == false);
        }

        return attribute.Name.Equals("connection_url", StringComparison.OrdinalIgnoreCase)
            && Array.Exists(PlainSslModes, mode => text.Contains(mode, StringComparison.OrdinalIgnoreCase)) && !text.Contains("host=/", StringComparison.Ordinal);
    }
}
