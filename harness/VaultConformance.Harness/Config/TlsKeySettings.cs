namespace VaultConformance.Harness.Config;

/// <summary>
/// The settings of a server configuration that name the file of a private key (Vault's configuration reference: listener, raft, Consul,
/// etcd, seal).
/// </summary>
internal static class TlsKeySettings
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "tls_key_file", "leader_client_key_file", "key_file", "tls_client_key", "client_key", "tls_key",
    };

    /// <summary>Absolute paths of private keys in a configuration, in any block.</summary>
    /// <param name="body">The configuration, or a block of it.</param>
    public static IEnumerable<string> ListIn(HclBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body.Attributes
            .Where(attribute => Names.Contains(attribute.Name))
            .Select(attribute => attribute.Value.AsText())
            .OfType<string>()
            .Where(path => path is ['/', ..])
            .Concat(body.Blocks.SelectMany(block => ListIn(block.Body)))
            .Concat(body.Attributes.SelectMany(attribute => ListInside(attribute.Value)));
    }

    // In JSON, blocks are objects and lists of objects.
    private static IEnumerable<string> ListInside(HclValue value) => value switch
    {
        HclObject single => ListIn(single.Body),
        HclList list => list.Items.SelectMany(ListInside),
        _ => [],
    };
}
