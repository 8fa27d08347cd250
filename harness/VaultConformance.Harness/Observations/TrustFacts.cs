namespace VaultConformance.Harness.Observations;

/// <summary>The public side of the test PKI.</summary>
/// <param name="Anchors">Trusted root certificates, DER in Base64.</param>
/// <param name="SecretNames">TLS Secrets that the harness made for the release.</param>
public sealed record TrustFacts(IReadOnlyList<string> Anchors, IReadOnlyList<string> SecretNames);
