namespace VaultConformance.Harness.Deployment;

/// <summary>Says why nothing was ended or crashed where no server came up.</summary>
internal static class DisruptionWithoutServer
{
    /// <summary>The reason, with the first line of what went wrong.</summary>
    /// <param name="startupProblem">Why the release did not come up; null when that is not known.</param>
    internal static string Explain(string? startupProblem) =>
        "the probe did not run, because no server started, was initialised and unsealed"
        + (startupProblem?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var line, ..]
            ? $" ({line.TrimEnd('.')})"
            : string.Empty)
        + ". Mend that first, then run again";
}
