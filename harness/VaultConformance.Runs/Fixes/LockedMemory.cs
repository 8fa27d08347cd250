using System.Text.RegularExpressions;
using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>Keeps IPC_LOCK where the server locks its memory: without it the server does not start.</summary>
internal static partial class LockedMemory
{
    private static readonly string[] Added = ["server", "statefulSet", "securityContext", "container", "capabilities", "add"];

    /// <summary>Refuses a change that takes the capability away and leaves the locking.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    /// <param name="config">The configuration after.</param>
    /// <exception cref="UnsafeFixException">The change does that.</exception>
    public static void Refuse(FixMap before, FixMap after, string config)
    {
        if (HasCapability(before) && !HasCapability(after) && Locks(after, config))
        {
            throw new UnsafeFixException(
                "without the capability IPC_LOCK the server could not lock its memory; write disable_mlock = true first");
        }
    }

    // The chart adds disable_mlock = true where the configuration says nothing.
    private static bool Locks(FixMap values, string config) =>
        MlockOff.IsMatch(config)
            ? !MlockOff.Matches(config).All(match => match.Groups["value"].Value.Trim('"') is "true" or "1")
            : (values.FindAt("server", "extraEnvironmentVars") as FixMap)?.Entries
                .Any(entry => ChartNames.IsVariable(entry.Key, "DISABLE_MLOCK")) == true;

    private static bool HasCapability(FixMap values) => (values.FindAt(Added) as FixList)?.Items
        .Any(item => item is FixText { Text: "IPC_LOCK" or "CAP_IPC_LOCK" or "ALL" }) == true;

    [GeneratedRegex(@"(?m)^\s*[""{,]*disable_mlock""?\s*[=:]\s*(?<value>\S+?)\s*[,}]?\s*(#.*|//.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex MlockOff { get; }
}
