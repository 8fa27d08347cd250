using System.Net.Security;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Cipher suites by what is weak about them.</summary>
internal static class CipherSuiteLists
{
    /// <summary>Families that no server may select, by name (control TLS-2), with all suites of each.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<TlsCipherSuite>> Weak { get; } = WeakSuiteRules.Families.ToDictionary(
        family => family,
        IReadOnlyList<TlsCipherSuite> (family) =>
            [.. CipherSuiteRegistry.All.Where(suite => WeakSuiteRules.FindFamily(CipherSuiteRegistry.GetName(suite)) == family)]);

    /// <summary>True when a suite belongs to a weak family.</summary>
    /// <param name="family">Name of the family.</param>
    /// <param name="suite">Name of the suite; null when none was selected.</param>
    public static bool Holds(string family, string? suite) =>
        suite is not null && Weak[family].Any(candidate => CipherSuiteRegistry.GetName(candidate) == suite);
}
