using System.Text.Json;

namespace VaultConformance.Harness.Tests.Patching;

internal static class Json
{
    internal static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };
}
