using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Wire;

namespace VaultConformance.Harness.Tls;

/// <summary>
/// Offers exactly one protocol version, or only weak cipher suites, and reports what the server did. A version that the prober was not
/// proved able to offer is reported as such and never as refused (control TLS-2).
/// </summary>
internal sealed class TlsProber
{
    private readonly ProtocolOffers _offers;
    private readonly Lazy<Task<ProberProof>> _proof;

    private TlsProber(ProtocolOffers offers, Lazy<Task<ProberProof>> proof, TlsProber? stranger = null)
    {
        (_offers, _proof) = (offers, proof);
        Stranger = stranger ?? this;
    }

    /// <summary>The same prober without a client certificate, for ports where the run is a stranger.</summary>
    public TlsProber Stranger { get; }

    /// <summary>The family that makes a suite of TLS 1.2 or older weak; null when it is known to be good.</summary>
    /// <param name="suite">IANA's name of the suite.</param>
    public static string? FindWeakFamily(string suite) => WeakSuiteRules.FindFamily(suite);

    /// <summary>Names of the weak cipher suite families, in the order they are offered.</summary>
    public static IReadOnlyList<string> WeakFamilies { get; } = [.. CipherSuiteLists.Weak.Keys];

    /// <summary>
    /// Limit of a handshake that no server needs, however busy the machine is, with two tries of the relay pod and its queue in it.
    /// </summary>
    public static TimeSpan DefaultLimit { get; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// Makes a prober that has proved nothing yet; it does so once, when first used or told to by <see cref="ProveAsync"/>.
    /// </summary>
    /// <param name="limit">Limit of one handshake, the connection included.</param>
    /// <param name="timeProvider">Clock and timer.</param>
    /// <param name="client">Certificate that is shown to servers that demand one; null for none.</param>
    public static TlsProber Create(TimeSpan limit, TimeProvider timeProvider, ClientCertificate? client = null)
    {
        var proof = new Lazy<Task<ProberProof>>(() => new ProberProving(timeProvider).ProveAsync(CancellationToken.None));
        var stranger = new TlsProber(new ProtocolOffers(limit, timeProvider), proof);
        return client is null ? stranger : new TlsProber(new ProtocolOffers(limit, timeProvider, client), proof, stranger);
    }

    /// <summary>A prober with a proof that is known, for tests.</summary>
    internal static TlsProber WithProof(TimeSpan limit, TimeProvider timeProvider, ProberProof proof) =>
        new(new ProtocolOffers(limit, timeProvider), new Lazy<Task<ProberProof>>(Task.FromResult(proof)));

    /// <summary>Proves against a listener of its own which versions can be offered. Worth starting early, beside other work.</summary>
    /// <param name="cancellationToken">Stops waiting for the proof.</param>
    public Task<ProberProof> ProveAsync(CancellationToken cancellationToken) => _proof.Value.WaitAsync(cancellationToken);

    /// <summary>Offers one version alone.</summary>
    /// <param name="connect">Opens a new connection to the endpoint; it is closed afterwards.</param>
    /// <param name="version">The version.</param>
    /// <param name="serverName">DNS name for SNI; null when the server is addressed by IP.</param>
    /// <param name="cancellationToken">Cancels the handshake.</param>
    public Task<TlsHandshake> OfferAsync(Connect connect, TlsVersion version, string? serverName, CancellationToken cancellationToken) =>
        OfferByNamesAsync(connect, version, [serverName], cancellationToken);

    /// <summary>
    /// Offers one version alone, by several names. An old version is offered with every cipher suite there is, and counts as accepted when
    /// one name gets it.
    /// </summary>
    /// <param name="connect">Opens a new connection to the endpoint; it is closed afterwards.</param>
    /// <param name="version">The version.</param>
    /// <param name="serverNames">DNS names for SNI; null among them for none.</param>
    /// <param name="cancellationToken">Cancels the handshakes.</param>
    public async Task<TlsHandshake> OfferByNamesAsync(
        Connect connect, TlsVersion version, IReadOnlyList<string?> serverNames, CancellationToken cancellationToken)
    {
        var proof = await ProveAsync(cancellationToken);
        return proof.Proven.Contains(version)
            ? await _offers.OfferVersionAsync(connect, version, serverNames, cancellationToken)
            : OfferVerdict.CreateNotOffered(new OfferedVersion(version), ExplainUnproved(version, proof));
    }

    /// <summary>Finds the families of weak cipher suites from which the server selects one at TLS 1.2, without a server name.</summary>
    /// <inheritdoc cref="OfferWeakSuitesByNamesAsync" />
    public Task<IReadOnlyList<WeakSuiteOffer>> OfferWeakSuitesAsync(
        Connect connect, string? serverName, CancellationToken cancellationToken) =>
        OfferWeakSuitesByNamesAsync(connect, [serverName], cancellationToken);

    /// <summary>
    /// Finds the families of weak cipher suites from which the server selects one at TLS 1.2. What counts is its choice, not a complete
    /// handshake. All families are offered together, then without those that it selected from, until it refuses the rest.
    /// </summary>
    /// <param name="connect">Opens a new connection to the endpoint; it is closed afterwards.</param>
    /// <param name="serverNames">DNS names for SNI; null among them for none.</param>
    /// <param name="cancellationToken">Cancels the handshakes.</param>
    /// <returns>One for each of <see cref="WeakFamilies"/>, in that order.</returns>
    public async Task<IReadOnlyList<WeakSuiteOffer>> OfferWeakSuitesByNamesAsync(
        Connect connect, IReadOnlyList<string?> serverNames, CancellationToken cancellationToken)
    {
        var results = new Dictionary<string, TlsHandshake>();
        while (results.Count < WeakFamilies.Count)
        {
            var offered = WeakFamilies.Where(family => !results.ContainsKey(family)).ToArray();
            var suites = offered.SelectMany(family => CipherSuiteLists.Weak[family]).ToList();
            var sweep = await _offers.OfferSuitesAsync(connect, suites, serverNames, cancellationToken);
            var selected = ListSelected(offered, sweep).ToList();
            selected.ForEach(choice => results[choice.Family] = choice.Handshake);
            if (selected.Count == 0)
            {
                var rest = sweep.Chosen is [var odd, ..]
                    ? odd
                    : sweep.Telling with { Scope = OfferScopes.From(suites.Count, sweep.Conclusive, serverNames) };
                Array.ForEach(offered, family => results[family] = rest);
            }
        }

        return [.. WeakFamilies.Select(family => new WeakSuiteOffer(family, results[family]))];
    }

    /// <summary>The families of which a suite was chosen.</summary>
    private static IEnumerable<(string Family, TlsHandshake Handshake)> ListSelected(IReadOnlyList<string> offered, SweepResult sweep) =>
        from handshake in sweep.Chosen
        from family in offered
        where CipherSuiteLists.Holds(family, handshake.CipherSuite)
        select (family, handshake);

    private static string ExplainUnproved(TlsVersion version, ProberProof proof) =>
        $"This prober is not proved able to offer {TlsVersions.Describe(version)}, so nothing was offered. "
            + $"{string.Join(' ', proof.Problems)}";
}
