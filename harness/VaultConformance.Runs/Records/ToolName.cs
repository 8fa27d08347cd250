using System.Reflection;

namespace VaultConformance.Runs.Records;

/// <summary>Name and version of this program, as records and reports bear them.</summary>
internal static class ToolName
{
    private const int ShortCommit = 7;

    /// <summary>For example <c>vault-conformance 0.1.0</c>.</summary>
    public static string OfThisProgram { get; } = $"vault-conformance {GetVersion()[0]}";

    /// <summary>The commit that this program was built from; null when it was built outside a clone.</summary>
    public static string? Build { get; } = GetVersion() is [_, var commit] ? commit : null;

    /// <summary>A program by name, version and build.</summary>
    /// <param name="tool">Name and version.</param>
    /// <param name="build">The commit that it was built from; null when it is not known.</param>
    public static string Describe(string tool, string? build) =>
        build is null ? tool : $"{tool}, build {build[..Math.Min(ShortCommit, build.Length)]}";

    private static string[] GetVersion() =>
        (typeof(ToolName).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+', 2);
}
