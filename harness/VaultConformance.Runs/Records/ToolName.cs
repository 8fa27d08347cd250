using System.Reflection;

namespace VaultConformance.Runs.Records;

/// <summary>Name and version of this program, as records and reports bear them.</summary>
internal static class ToolName
{
    /// <summary>For example <c>vault-conformance 0.1.0</c>.</summary>
    public static string OfThisProgram { get; } = $"vault-conformance {GetVersion()}";

    private static string GetVersion() =>
        (typeof(ToolName).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
