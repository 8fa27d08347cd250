using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

internal static class CertificateMutations
{
    private static readonly CertificateRecipe Good = CertificateRecipe.Good;

    public static IReadOnlyList<Mutation> All =>
    [
        Pod("TLS-3", "certificate of one version not recorded", "which certificate it showed was not recorded", pod =>
            pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls13, handshake => handshake with { Chain = [] }), Outcome.Inconclusive, also: ["TLS-4", "TLS-5"]),
        Served("self-signed", ": itself (self-signed)", Good with { Issuer = CertificateIssuer.Self }),
        Served("RSA with 1024 bits", "RSA with 1024 bits", Good with { Key = KeyKind.Rsa1024 }),
        Served("signed with SHA-1", "signature of the leaf", Good with { Signature = SignatureHash.Sha1 }),
        Served("expired", ": past (2026-02-28", Good with { StartedDaysAgo = 91, ExpiresInDays = -1 }),
        Served("expires soon", ": 5 days ahead (expected at least 30 days ahead", Good with { StartedDaysAgo = 85, ExpiresInDays = 5 }),
        Served("not valid yet", "start of validity of the leaf on port 8200: 2026-03-02", Good with { StartedDaysAgo = -1 }),
        Served("valid for ten years", "lifetime of the leaf on port 8200: 3650 days", Good with { ExpiresInDays = 3650 }),
        Served("is an authority", "certificate authority of the leaf on port 8200: true", Good with { CertificateAuthority = true }),
        Served("not for servers", "extended key usage of the leaf on port 8200: clientAuth (expected serverAuth", Good with { ExtendedKeyUsages = [ExtendedUsage.ClientAuth] }),
        Served("no extended key usage", ": absent (expected serverAuth", Good with { ExtendedKeyUsages = [] }),
        Served("intermediate missing", "is neither presented nor trusted", Good with { PresentIntermediate = false }),
        Release("TLS-3", "RSA with 2048 bits", "", release => release.Serve(Issue(Good with { Key = KeyKind.Rsa2048 })), Outcome.Passed),
        Release("TLS-3", "of an authority nobody trusts", "is neither presented nor trusted", release => release.Trust = new TrustFacts([Stranger()], [])),
        Release("TLS-3", "nobody knows whom to trust", "no trusted root is known", release => release.Trust = new TrustFacts([], []), Outcome.Inconclusive),
        Release("TLS-3", "servers join with it as clients, but it is for servers only", "extended key usage for joining", release =>
        {
            release.Serve(Issue(Good with { ExtendedKeyUsages = [ExtendedUsage.ServerAuth] }));
            release.Second.ChangeConfig(CompliantPod.Config.Replace("leader_ca_cert_file", "leader_client_cert_file = \"x\"\nleader_ca_cert_file", StringComparison.Ordinal));
        }),

        Named("loopback missing", "127.0.0.1 (address that commands and probes in the pod use)", "127.0.0.1"),
        Named("Service missing", "vault.vault.svc (Service in the cluster)", "vault.vault.svc"),
        Release("TLS-4", "active Service missing", "vault-active.vault.svc (Service in the cluster)", release =>
            release.Serve(Issue(Good with { OmitNames = ["vault-active.vault.svc"] })), Outcome.Failed, Requirement.Should),
        Release("TLS-4", "short names missing", "vault.vault (Service in the cluster)", release =>
            release.Serve(Issue(Good with { OmitNames = ["vault", "vault.vault"] })), Outcome.Failed, Requirement.Should),
        Named("pods missing", "vault-1.vault-internal (name by which servers reach each other)", "*.vault-internal", "vault-0.vault-internal", "vault-1.vault-internal"),
        Release("TLS-4", "Service for standbys missing", "vault-standby.vault.svc", release =>
            release.Serve(Issue(Good with { OmitNames = ["vault-standby.vault.svc"] })), Outcome.Failed, Requirement.Should),
        Pod("TLS-4", "redirects by address", "10.42.0.7 (address that clients are sent to where a request cannot be passed on (api_addr))", pod =>
            pod.ChangeVariable("VAULT_API_ADDR", "https://$(POD_IP):8200"), Outcome.Failed, Requirement.Should),
        Pod("TLS-4", "variable that is not known yet", "$(HOSTNAME).vault-internal (address", pod =>
            pod.ChangeVariable("VAULT_API_ADDR", "https://$(HOSTNAME).vault-internal:8200"), Outcome.Failed, Requirement.Should),
        Release("TLS-4", "external host missing", "vault.example.org (external host of the profile)", release =>
            release.Profile = profile => profile with { Parameters = profile.Parameters with { ExternalHosts = ["vault.example.org"] } }),

        Pod("TLS-5", "renewal not reloaded", "(served)", pod => pod.ChangeFile(CompliantTransport.CertificatePath, file => file with { FirstCertificateSha256 = "aa" })),
        Release("TLS-5", "Secret is newer", "bb (vault-tls/tls.crt)", release =>
            release.Secrets[0] = release.Secrets[0] with { CertificateSha256 = new Dictionary<string, string> { ["tls.crt"] = "bb" } }),
        Pod("TLS-5", "file cannot be read", "could not be read", pod =>
            pod.ChangeFile(CompliantTransport.CertificatePath, file => file with { FirstCertificateSha256 = null }), Outcome.Inconclusive),
        Pod("TLS-5", "certificate from a volume that anybody may write", "volume of /tmp/tls.crt: no Secret (expected a Secret", pod =>
        {
            pod.ChangeListener("tls_cert_file", "/tmp/tls.crt");
            pod.Files = pod.Files! with { Files = [.. pod.Files.Files, new FileEntry("/tmp/tls.crt", "tls-certificate", true, 100, 1000, "600", true, true, CompliantTransport.Certificate.Fingerprint)] };
            pod.ChangeConfig(CompliantPod.Config.Replace(CompliantTransport.CertificatePath, "/tmp/tls.crt", StringComparison.Ordinal));
        }),
        Pod("TLS-5", "projected Secret", "", pod => pod.Admitted.Spec.Volumes.Single(volume => volume.Name == "tls").Also(volume =>
        {
            volume.Secret = null;
            volume.Projected = new V1ProjectedVolumeSource
            {
                Sources = [new V1VolumeProjection { Secret = new V1SecretProjection { Name = "vault-tls", Items = [new V1KeyToPath { Key = "tls.crt", Path = "tls.crt" }, new V1KeyToPath { Key = "tls.key", Path = "tls.key" }] } }],
            };
        }), Outcome.Passed),
    ];

    private static Mutation Served(string deviation, string reason, CertificateRecipe recipe) => Release("TLS-3", deviation, reason, release => release.Serve(Issue(recipe)));

    private static Mutation Named(string deviation, string reason, params string[] omitted) =>
        Release("TLS-4", deviation, reason, release => release.Serve(Issue(Good with { OmitNames = omitted })));

    private static ServerCertificate Issue(CertificateRecipe recipe) => CompliantTransport.Authority.Issue(recipe, CompliantTransport.Names);

    private static string Stranger()
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        return authority.Anchor;
    }

    private static void Also<T>(this T subject, Action<T> change) => change(subject);
}
