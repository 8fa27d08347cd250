using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Objects;

/// <summary>Whether the cluster keeps Secrets encrypted, which its API does not show.</summary>
internal static class SecretsAtRest
{
    private const string Fact = "Secrets of the cluster at rest";
    private const string Expected = "encrypted";

    /// <summary>Judges the cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="attestation">What the profile says about it; null for nothing.</param>
    public static Judgement Judge(ClusterFacts cluster, string? attestation) => attestation switch
    {
        not null => Judgement.Of(Fact, true, Expected, $"attested: {attestation}"),
        null when cluster.WasMadeForRun => Judgement.Irrelevant(Fact, "the cluster was made for this run and is removed afterwards"),
        null => Judgement.Unknown(
            Fact, Expected, "the API does not show it; say in the profile how you know it (secretsEncryptionAttestation)"),
    };
}
