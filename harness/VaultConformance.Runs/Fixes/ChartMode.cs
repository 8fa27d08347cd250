using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Values;

namespace VaultConformance.Runs.Fixes;

/// <summary>Which of the chart's configurations is in use, decided as the chart's templates decide it.</summary>
/// <param name="Config">Path of the configuration.</param>
/// <param name="IsDevelopment">True in development mode, which takes no configuration.</param>
/// <param name="HasClaims">True when the chart makes a volume for the server's data where that is switched on.</param>
internal sealed record ChartMode(string[] Config, bool IsDevelopment, bool HasClaims)
{
    /// <summary>Reads it.</summary>
    /// <param name="values">The user's values.</param>
    /// <exception cref="UnsafeFixException">A switch is neither on nor off.</exception>
    public static ChartMode Read(FixMap values)
    {
        var (isHighlyAvailable, isRaft) = (IsOn(values, "server", "ha", "enabled"), IsOn(values, "server", "ha", "raft", "enabled"));
        return new ChartMode(
            isRaft ? ["server", "ha", "raft", "config"]
                : isHighlyAvailable ? ["server", "ha", "config"] : ["server", "standalone", "config"],
            IsOn(values, "server", "dev", "enabled"),
            isRaft || !isHighlyAvailable);
    }

    /// <summary>True when a switch is on; off where the values do not say it.</summary>
    /// <param name="values">The values.</param>
    /// <param name="path">Keys from the root.</param>
    /// <exception cref="UnsafeFixException">It is neither on nor off.</exception>
    public static bool IsOn(FixMap values, params string[] path) => values.FindAt(path) switch
    {
        null => false,
        FixText { IsNothing: true } or FixText { Text: "-" } => false,
        FixText text when HelmSwitch.Read(text.Text, text.IsQuoted) is { } isOn => isOn,
        _ => throw new UnsafeFixException($"'{string.Join('.', path)}' is neither true nor false"),
    };
}
