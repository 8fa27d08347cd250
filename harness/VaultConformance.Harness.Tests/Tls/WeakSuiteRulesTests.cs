using System.Net.Security;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Wire;

namespace VaultConformance.Harness.Tests.Tls;

public sealed class WeakSuiteRulesTests
{
    [Test]
    public void Only_suites_that_are_known_good_are_not_weak()
    {
        var good = CipherSuiteRegistry.All.Select(CipherSuiteRegistry.GetName).Where(name => WeakSuiteRules.FindFamily(name) is null);

        Assert.That(good, Is.EquivalentTo(new[]
        {
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "TLS_ECDHE_ECDSA_WITH_AES_256_CCM", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_DRAFT", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_DRAFT",
        }));
    }

    [TestCase("TLS_RSA_WITH_AES_128_CCM", "RSA key exchange")]
    [TestCase("TLS_RSA_WITH_CAMELLIA_256_GCM_SHA384", "RSA key exchange")]
    [TestCase("TLS_RSA_WITH_ARIA_128_GCM_SHA256", "RSA key exchange")]
    [TestCase("TLS_ECDH_anon_WITH_NULL_SHA", "NULL")]
    [TestCase("TLS_DH_anon_EXPORT_WITH_RC4_40_MD5", "EXPORT")]
    [TestCase("TLS_KRB5_EXPORT_WITH_DES_CBC_40_SHA", "EXPORT")]
    [TestCase("TLS_ECDH_anon_WITH_AES_256_CBC_SHA", "anonymous")]
    [TestCase("TLS_RSA_WITH_DES_CBC_SHA", "DES and RC2")]
    [TestCase("TLS_DHE_RSA_WITH_SEED_CBC_SHA", "uncommon ciphers")]
    [TestCase("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "finite-field Diffie-Hellman")]
    [TestCase("TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", "shared keys")]
    [TestCase("TLS_SRP_SHA_WITH_AES_128_CBC_SHA", "shared keys")]
    [TestCase("TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", "static Diffie-Hellman")]
    [TestCase("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "CBC")]
    [TestCase("TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8", "uncommon ciphers")]
    [TestCase("TLS_ECDHE_RSA_WITH_CAMELLIA_128_GCM_SHA256", "uncommon ciphers")]
    [TestCase("TLS_ECDHE_RSA_WITH_RC4_128_SHA", "RC4")]
    [TestCase("0x1234", "uncommon ciphers")]
    public void Every_other_suite_belongs_to_the_family_of_its_worst_weakness(string name, string family)
    {
        Assert.That(WeakSuiteRules.FindFamily(name), Is.EqualTo(family));
    }

    [Test]
    public void Every_suite_of_the_registry_up_to_TLS_1_2_is_offered_and_no_family_is_empty()
    {
        Assert.That(CipherSuiteRegistry.All, Is.SupersetOf(Enum.GetValues<TlsCipherSuite>().Where(suite => (int)suite is not 0 and (< 0x1300 or > 0x13FF))).And.Unique);
        Assert.That(CipherSuiteLists.Weak.Where(family => family.Value.Count == 0), Is.Empty);
        Assert.That(TlsProber.WeakFamilies, Is.SupersetOf(new[] { "RSA key exchange", "3DES", "RC4", "CBC-SHA1", "NULL", "EXPORT", "anonymous" }));
    }
}
