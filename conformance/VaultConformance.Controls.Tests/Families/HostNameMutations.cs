using Org.BouncyCastle.Asn1.X509;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Names in certificates as the clients of Vault match them, which are written in Go.</summary>
internal static class HostNameMutations
{
    private const string Service = "vault.vault.svc";
    private const string External = "vault.example.org";

    public static IReadOnlyList<Mutation> All =>
    [
        Instead(Service, "a dot at the end of the name in the certificate", Dns(Service + "."), Outcome.Failed),
        Instead(Service, "capital letters", Dns("Vault.vault.SVC"), Outcome.Passed),
        Instead(Service, "the name in another kind of entry", new GeneralName(GeneralName.UniformResourceIdentifier, "https://" + Service), Outcome.Failed),
        Instead(Service, "an empty name", Dns(string.Empty), Outcome.Failed),
        Instead("127.0.0.1", "an address written as a name", Dns("127.0.0.1"), Outcome.Failed),
        Instead("127.0.0.1", "another address", MadeUpChain.Name("127.0.0.2"), Outcome.Failed),
        Instead("127.0.0.1", "the address within IPv6", MadeUpChain.Name("::ffff:127.0.0.1"), Outcome.Passed),
        Asked(External, "a wildcard as the first label", Dns("*.example.org"), Outcome.Passed),
        Asked(External, "a wildcard with a dot at its end", Dns("*.example.org."), Outcome.Failed),
        Asked(External, "a wildcard as a part of the first label", Dns("va*.example.org"), Outcome.Failed),
        Asked(External, "a wildcard beside other letters", Dns("*t.example.org"), Outcome.Failed),
        Asked(External, "a wildcard as the second label", Dns("vault.*.org"), Outcome.Failed),
        Asked(External, "two wildcards", Dns("*.*.org"), Outcome.Failed),
        Asked(External, "a wildcard and nothing else", Dns("*"), Outcome.Failed),
        Asked(External, "a wildcard for one label more", Dns("*.vault.example.org"), Outcome.Failed),
        Asked(External, "a wildcard for one label less", Dns("*.org"), Outcome.Failed),
        Asked("vault_1.example.org", "an underscore", Dns("vault_1.example.org"), Outcome.Passed),
        Asked("2001:db8::1", "an address of IPv6", MadeUpChain.Name("2001:db8::1"), Outcome.Passed),
        Asked("2001:db8::1", "an address of IPv6 as a name", Dns("2001:db8::1"), Outcome.Failed),
        Release("TLS-4", "a dot at the end of the name that is asked for", "", release => Serve(release, [.. Names, Dns(External)], External + "."), Outcome.Passed),
        Release("TLS-4", "a name in the subject only", $"{External} (external host of the profile)", release => Serve(release, Names, External, "CN=" + External)),
    ];

    private static IReadOnlyList<GeneralName> Names => [.. CompliantTransport.Names.Names.Select(MadeUpChain.Name)];

    private static GeneralName Dns(string name) => new(GeneralName.DnsName, name);

    private static Mutation Instead(string name, string deviation, GeneralName other, Outcome outcome) => Release("TLS-4", $"{name}: {deviation}", outcome == Outcome.Passed ? "" : $"{name} (", release =>
        Serve(release, [.. CompliantTransport.Names.Names.Where(candidate => candidate != name).Select(MadeUpChain.Name), other]), outcome);

    private static Mutation Asked(string name, string deviation, GeneralName given, Outcome outcome) => Release(
        "TLS-4", $"{name}: {deviation}", outcome == Outcome.Passed ? "" : $"{name} (external host of the profile)", release => Serve(release, [.. Names, given], name), outcome);

    private static void Serve(ReleaseEvidence release, IReadOnlyList<GeneralName> names, string? asked = null, string subject = "CN=vault")
    {
        (MadeUpChain.Good with { LeafNames = names, LeafSubject = subject }).ServeIn(release);
        release.Profile = profile => profile with { Parameters = profile.Parameters with { ExternalHosts = asked is null ? [] : [asked] } };
    }
}
