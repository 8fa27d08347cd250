namespace VaultConformance.Reporting.Values;

/// <summary>Which of the chart's three configurations is in use; what stands in the others decides nothing.</summary>
/// <param name="IsHighlyAvailable">True for several servers.</param>
/// <param name="IsRaft">True for integrated storage.</param>
internal sealed record ServerMode(bool IsHighlyAvailable, bool IsRaft)
{
    /// <summary>The mode that merged values choose.</summary>
    /// <param name="values">The values.</param>
    public static ServerMode From(MergedValues values) =>
        new(values.IsOn("server", "ha", "enabled"), values.IsOn("server", "ha", "raft", "enabled"));

    /// <summary>True when a key can have an effect in this mode.</summary>
    /// <param name="key">The key.</param>
    public bool Uses(ValueKey key) => string.Join('.', key.Path) switch
    {
        // The chart takes the configuration of raft whenever raft is on, for a single server too.
        "server.standalone.config" => !IsHighlyAvailable && !IsRaft,
        "server.ha.raft.config" => IsRaft,
        "server.ha.config" => IsHighlyAvailable && !IsRaft,
        _ => true,
    };
}
