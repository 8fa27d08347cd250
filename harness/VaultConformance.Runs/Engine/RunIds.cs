using System.Globalization;
using System.Security.Cryptography;

namespace VaultConformance.Runs.Engine;

/// <summary>Ids of runs: they sort by time, and fit into names of containers, namespaces and labels.</summary>
internal static class RunIds
{
    /// <summary>A new id, for example <c>20260301-120000-7f3a</c>.</summary>
    /// <param name="timeProvider">Clock.</param>
    public static string CreateNext(TimeProvider timeProvider) => string.Create(
        CultureInfo.InvariantCulture,
        $"{timeProvider.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
}
