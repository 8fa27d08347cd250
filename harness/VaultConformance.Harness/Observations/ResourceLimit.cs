using System.Globalization;

namespace VaultConformance.Harness.Observations;

/// <summary>A soft and a hard limit of <c>/proc/PID/limits</c>; null means unlimited.</summary>
/// <param name="Soft">Soft limit.</param>
/// <param name="Hard">Hard limit; above zero it lets the process raise the soft one.</param>
public sealed record ResourceLimit(ulong? Soft, ulong? Hard)
{
    /// <summary>Both limits zero.</summary>
    public static ResourceLimit Zero { get; } = new(0, 0);

    /// <inheritdoc />
    public override string ToString() => $"{FormatText(Soft)}/{FormatText(Hard)}";

    private static string FormatText(ulong? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "unlimited";
}

/// <summary>The limits that controls look at.</summary>
/// <param name="CoreFileSize">Line <c>Max core file size</c>, bytes.</param>
/// <param name="LockedMemory">Line <c>Max locked memory</c>, bytes.</param>
public sealed record ProcessLimits(ResourceLimit CoreFileSize, ResourceLimit LockedMemory)
{
    /// <summary>Line <c>Max open files</c>; null when it could not be read, and in evidence that was recorded before it was.</summary>
    public ResourceLimit? OpenFiles { get; init; }
}
