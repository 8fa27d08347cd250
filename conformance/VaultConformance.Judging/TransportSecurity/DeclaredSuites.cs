using VaultConformance.Harness.Tls;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>The cipher suites that a configuration lists for TLS 1.2.</summary>
internal static class DeclaredSuites
{
    private const string Expected = "none";

    /// <summary>Judges each family of weak suites that a listener lists; nothing where it lists none, or takes TLS 1.3 only.</summary>
    /// <param name="listener">The listener.</param>
    public static IEnumerable<Judgement> Judge(LoadedListener listener)
    {
        if (listener.TlsDisabled || listener.CipherSuites is not { } listed || listener.MinimumVersion == "tls13")
        {
            return [];
        }

        var weak = listed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(suite => (Suite: suite, Family: TlsProber.FindWeakFamily(suite)))
            .Where(item => item.Family is not null)
            .ToLookup(item => item.Family!, item => item.Suite);
        return weak.Count == 0
            ? [Judgement.None($"weak suites in tls_cipher_suites of listener {listener.Address}", [])]
            : weak.Select(family => ProtocolFloor.WithWeight(
                family.Key,
                Judgement.Of(
                    $"{family.Key} suites in tls_cipher_suites of listener {listener.Address}", false, Expected, string.Join(", ", family))
                    .Saying($"Listener {listener.Address} lists weak cipher suites ({family.Key}): {string.Join(", ", family)}.")));
    }
}
