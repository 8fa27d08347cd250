using Org.BouncyCastle.Asn1.X509;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Chains in which not the leaf is at fault but what stands above it, or how it was signed.</summary>
internal static class ChainMutations
{
    private static MadeUpChain Good => MadeUpChain.Good;

    public static IReadOnlyList<Mutation> All =>
    [
        Served("nothing wrong", "", () => Good, Outcome.Passed),
        Served("leaf signed by RSA-PSS with SHA-256", "", () => Good with { LeafSignature = MadeUpChain.Pss("SHA256WITHRSAANDMGF1") }, Outcome.Passed),
        Served("leaf signed by RSA-PSS with SHA-1", "signature of the leaf on port 8200: RSA-PSS with SHA-1", () => Good with { LeafSignature = MadeUpChain.Pss("SHA1WITHRSAANDMGF1") }),
        Served("leaf signed by RSA-PSS with a salt that Go refuses", "RSA-PSS with SHA-256 and a salt of 20 bytes", () => Good with { LeafSignature = MadeUpChain.PssWithSalt(20) }),
        Served("authority signed with SHA-1", "signature of authority 'CN=authority'", () => Good with { AuthoritySignature = "SHA1WITHRSA" }),
        Served("authority with 1024 bits", "key of authority 'CN=authority' above the leaf on port 8200: RSA with 1024 bits", () => Good with { WeakAuthority = true }),
        Served("authority for mail only", "extended key usage of authority 'CN=authority' above the leaf on port 8200: emailProtection", () => Good with { AuthorityUsages = [KeyPurposeID.id_kp_emailProtection] }),
        Served("authority for servers", "", () => Good with { AuthorityUsages = [KeyPurposeID.id_kp_serverAuth] }, Outcome.Passed),
        Served("authority for everything", "", () => Good with { AuthorityUsages = [KeyPurposeID.AnyExtendedKeyUsage] }, Outcome.Passed),
        Served("authority for servers, and servers join with the leaf as clients", "extended key usage for joining of authority", release =>
        {
            (Good with { AuthorityUsages = [KeyPurposeID.id_kp_serverAuth] }).ServeIn(release);
            release.Second.ChangeConfig(CompliantPod.Config.Replace("leader_ca_cert_file", "leader_client_cert_file = \"x\"\nleader_ca_cert_file", StringComparison.Ordinal));
        }),
        Served("root for signing code", "extended key usage of root 'CN=root' above the leaf on port 8200: codeSigning", () => Good with { RootUsages = [KeyPurposeID.id_kp_codeSigning] }),
        Served("authority that may not issue", "certificate authority of authority 'CN=authority' above the leaf on port 8200: false", () => Good with { AuthorityMayIssue = false }),
        Served("authority that does not say that it may issue", "not said (no basic constraints)", () => Good with { AuthorityMayIssue = null }),
        Served("authority without the right to sign certificates", "key usage of authority 'CN=authority' above the leaf on port 8200: CrlSign", () => Good with { AuthorityKeyUsage = KeyUsage.CrlSign }),
        Served("root that allows no authority below", "authorities that are allowed below of root 'CN=root'", () => Good with { RootPathLength = 0 }),
        Served("root that allows one authority below", "", () => Good with { RootPathLength = 1 }, Outcome.Passed),
        Served("authority that ends before the margin", "end of validity of authority 'CN=authority' above the leaf on port 8200: 10 days ahead", () => Good with { AuthorityDaysLeft = 10 }),
        Served("authority that is over", "the authority 'CN=authority' is valid from", () => Good with { AuthorityDaysLeft = -0 }),
        Served("authority for other names", "has a name that an authority above it does not permit: 'CN=authority' permits .example.org", () => Good with { Constraints = Names(permitted: ".example.org") }),
        Served("authority that excludes a name", "has a name that an authority above it excludes: 'CN=authority' excludes vault-internal", () => Good with { Constraints = Names(excluded: "vault-internal") }),
        Served("authority that excludes an IPv4 network", "'CN=authority' excludes the addresses 127.0.0.0/8", () => Good with { Constraints = Networks("127.0.0.0/8") }),
        Served("authority that excludes an IPv4 address", "excludes the addresses 127.0.0.1/32", () => Good with { Constraints = Networks("127.0.0.1/32") }),
        Served("authority that excludes an odd mask", "excludes the addresses 127.0.0.1 with the mask 255.0.0.255", () => Good with { Constraints = Networks("127.0.0.1/255.0.0.255") }),
        Served("authority that excludes an IPv6 network and an IPv4 one", "the addresses 2001:db8::/32, the addresses 127.0.0.0/8", () => Good with { Constraints = Networks("2001:db8::/32", "127.0.0.0/8") }),
        Served("trust in the authority alone", "", () => Good with { TrustAuthority = true }, Outcome.Passed),
        Served("trust in the authority alone, and the root is presented too", "", () => Good with { TrustAuthority = true, PresentRoot = true }, Outcome.Passed),
        Served("trust in an authority of 1024 bits", "key of authority 'CN=authority'", () => Good with { TrustAuthority = true, WeakAuthority = true }),
        Served("trust in an authority that is over soon", "end of validity of authority 'CN=authority'", () => Good with { TrustAuthority = true, AuthorityDaysLeft = 10 }),
        Served("trust in an authority that is over", "the authority 'CN=authority' is valid from", () => Good with { TrustAuthority = true, AuthorityDaysLeft = 0 }),
        Served("trust in an authority that did not sign the leaf", "the signature of the leaf does not hold", () => Good with { TrustAuthority = true, LeafSignature = MadeUpChain.OfAnother }),
        Served("trust in an authority that excludes a name", "has a name that an authority above it excludes", () => Good with { TrustAuthority = true, Constraints = Names(excluded: "vault-internal") }),
        Served("root with 1024 bits", "key of root 'CN=root' above the leaf on port 8200: RSA with 1024 bits", () => Good with { WeakRoot = true }),
        Served("root that signed itself with SHA-1", "", () => Good with { RootSignature = "SHA1WITHRSA" }, Outcome.Passed),
        Served("lifetime without a limit", "", release =>
        {
            Good.ServeIn(release);
            release.Profile = profile => profile with { Parameters = profile.Parameters with { CertificateMaximumLifetimeDays = int.MaxValue } };
        }, Outcome.Passed),
    ];

    private static Mutation Served(string deviation, string reason, Func<MadeUpChain> chain, Outcome outcome = Outcome.Failed) => Served(deviation, reason, release => chain().ServeIn(release), outcome);

    private static Mutation Served(string deviation, string reason, Action<ReleaseEvidence> change, Outcome outcome = Outcome.Failed) => Release("TLS-3", deviation, reason, change, outcome);

    private static NameConstraints Networks(params string[] excluded) =>
        new(null, new GeneralSubtrees([.. excluded.Select(network => new GeneralSubtree(new GeneralName(GeneralName.IPAddress, network)))]));

    private static NameConstraints Names(string? permitted = null, string? excluded = null) => new(Trees(permitted), Trees(excluded));

    private static GeneralSubtrees? Trees(string? name) => name is null ? null : new GeneralSubtrees(new GeneralSubtree(new GeneralName(GeneralName.DnsName, name)));
}
