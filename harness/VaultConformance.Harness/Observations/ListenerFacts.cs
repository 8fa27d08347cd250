namespace VaultConformance.Harness.Observations;

/// <summary>What a pod's listeners answered on the wire.</summary>
/// <param name="ObservedAt">When (UTC); certificates are judged at this time, so that a replay gives the same result.</param>
/// <param name="Prober">Which protocol versions the prober was proved able to offer, against a local listener of its own.</param>
/// <param name="Endpoints">One per port that listens on the pod's address.</param>
public sealed record ListenerFacts(DateTimeOffset ObservedAt, ProberProof Prober, IReadOnlyList<ListenerEndpoint> Endpoints);

/// <summary>Proof that the prober can offer a version, so that a refusal is the server's.</summary>
/// <param name="Proven">Versions that a local listener accepted from this prober.</param>
/// <param name="Problems">Why others could not be proved.</param>
public sealed record ProberProof(IReadOnlyList<TlsVersion> Proven, IReadOnlyList<string> Problems);

/// <summary>One port of a pod.</summary>
/// <param name="Port">The port.</param>
/// <param name="Purpose">What the port is for.</param>
/// <param name="Route">How it was reached.</param>
/// <param name="Plaintext">Answer to a plaintext <c>GET /v1/sys/health</c>.</param>
/// <param name="Handshakes">One offer for each protocol version alone.</param>
/// <param name="WeakSuites">Offers of weak cipher suites only.</param>
public sealed record ListenerEndpoint(
    int Port,
    PortPurpose Purpose,
    NetworkRoute Route,
    PlaintextAnswer Plaintext,
    IReadOnlyList<TlsHandshake> Handshakes,
    IReadOnlyList<WeakSuiteOffer> WeakSuites);

/// <summary>What a port is for.</summary>
public enum PortPurpose
{
    /// <summary>Vault's API (8200 by default).</summary>
    Api,

    /// <summary>Server to server (8201 by default).</summary>
    Cluster,

    /// <summary>Something else that listens in the pod.</summary>
    Other,
}

/// <summary>How an endpoint was reached.</summary>
public enum NetworkRoute
{
    /// <summary>Over the pod network, from another pod. Evidence of the network path.</summary>
    PodNetwork,

    /// <summary>Through the API server and kubelet into the pod's loopback. Evidence of the listener, not of the network path.</summary>
    PortForward,
}

/// <summary>What came back for a plaintext HTTP request.</summary>
/// <param name="Kind">Class of the answer.</param>
/// <param name="StatusCode">HTTP status, when HTTP came back.</param>
/// <param name="Excerpt">First 200 characters, printable.</param>
public sealed record PlaintextAnswer(PlaintextAnswerKind Kind, int? StatusCode, string Excerpt);

/// <summary>Class of an answer to plaintext.</summary>
public enum PlaintextAnswerKind
{
    /// <summary>Vault (or anything) answered HTTP: plaintext is spoken.</summary>
    HttpAnswered,

    /// <summary>HTTP 400 of a Go TLS listener: "Client sent an HTTP request to an HTTPS server".</summary>
    HttpsExpected,

    /// <summary>A TLS alert, a reset or a close without an answer.</summary>
    Refused,

    /// <summary>No connection.</summary>
    NoConnection,

    /// <summary>Connected, but nothing came within the limit.</summary>
    Silent,

    /// <summary>The probe ended before it was known whether anything comes; says nothing about the endpoint.</summary>
    OutOfTime,
}

/// <summary>An offer of weak suites only.</summary>
/// <param name="Family">For example <c>RSA key exchange</c>, <c>3DES</c>, <c>RC4</c>, <c>CBC-SHA1</c>, <c>NULL</c>, <c>EXPORT</c>.</param>
/// <param name="Handshake">Its outcome.</param>
public sealed record WeakSuiteOffer(string Family, TlsHandshake Handshake);

/// <summary>Handshakes through every way into the release.</summary>
/// <param name="Paths">One per Service port, NodePort and Ingress host.</param>
public sealed record PathFacts(IReadOnlyList<PathEndpoint> Paths);

/// <summary>One way into the release.</summary>
/// <param name="Name">For example <c>service/vault-active:8200</c>.</param>
/// <param name="Kind"><c>ClusterIP</c>, <c>Headless</c>, <c>NodePort</c>, <c>LoadBalancer</c>, <c>Ingress</c>, <c>Route</c>.</param>
/// <param name="Address">Host and port that was dialled.</param>
/// <param name="Purpose">What the port is for.</param>
/// <param name="Ready">False when the path has no endpoint, so that nothing can be said.</param>
/// <param name="Plaintext">Answer to plaintext.</param>
/// <param name="Fingerprints">SHA-256 of the leaf that was served, and how often.</param>
/// <param name="Problems">Handshakes that failed, text and count.</param>
public sealed record PathEndpoint(
    string Name,
    string Kind,
    string Address,
    PortPurpose Purpose,
    bool Ready,
    PlaintextAnswer? Plaintext,
    IReadOnlyDictionary<string, int> Fingerprints,
    IReadOnlyDictionary<string, int> Problems);
