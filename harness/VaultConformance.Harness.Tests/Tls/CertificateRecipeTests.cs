using System.Runtime.CompilerServices;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Tls;

public sealed class CertificateRecipeTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot(), "fixtures", "certificates");
    private static readonly string[] Files = Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order().ToArray();

    [Test]
    public async Task Every_recipe_in_the_repository_can_be_issued([ValueSource(nameof(Files))] string file)
    {
        var recipe = await CertificateRecipeFile.ReadAsync(Path.Combine(Folder, file), CancellationToken.None);
        using var authority = new TestCertificateAuthority(TimeProvider.System);

        var certificate = authority.Issue(recipe, CertificateNames.CreateForRelease("vault", "vault", replicas: 3));

        Assert.That(certificate.CertificateChain, Does.StartWith("-----BEGIN CERTIFICATE-----"));
    }

    [Test]
    public void Every_recipe_but_the_good_one_deviates([ValueSource(nameof(Files))] string file)
    {
        var recipe = CertificateRecipeFile.Parse(File.ReadAllText(Path.Combine(Folder, file)), file);

        Assert.That(Deviates(recipe), Is.EqualTo(file != "good.json"));
    }

    [Test]
    public void Every_recipe_is_in_the_readme([ValueSource(nameof(Files))] string file)
    {
        Assert.That(File.ReadAllText(Path.Combine(Folder, "README.md")), Does.Contain($"`{file}`"));
    }

    [TestCase("""{ "description": "x", "keys": "rsa-2048" }""", "unknown field 'keys'; known fields: description, key, ")]
    [TestCase("""{ "description": "x", "key": "rsa-512" }""", "'key' has a value of the wrong kind.")]
    [TestCase("""{ "description": "x", "key": 0 }""", "'key' has a value of the wrong kind.")]
    [TestCase("""{ "description": "x", "Key": "rsa-2048" }""", "Key")]
    [TestCase("""{ "description": "x", "key": "rsa-2048", "key": "rsa-1024" }""", "key")]
    [TestCase("""{ "description": "x", "omitNames": null }""", "omitNames")]
    [TestCase("""{ "key": "rsa-2048" }""", "description")]
    [TestCase("""{ "description": "x", "expiresInDays": "90" }""", "'expiresInDays' has a value of the wrong kind.")]
    [TestCase("""{ "description": "x", "expiresInDays": -5 }""", "'expiresInDays'")]
    [TestCase("null", "'null'")]
    [TestCase("{", "x.json")]
    public void A_wrong_recipe_is_refused_with_the_place(string json, string place)
    {
        var failure = Assert.Throws<HarnessException>(() => CertificateRecipeFile.Parse(json, "x.json"));

        Assert.That(failure?.Kind, Is.EqualTo(FailureKind.Configuration));
        Assert.That(failure?.Message, Does.StartWith("Certificate recipe 'x.json' is not valid: ").And.Contain(place));
        Assert.That(failure?.Message, Does.EndWith("fixtures/certificates/README.md."));
    }

    [Test]
    public async Task A_missing_file_is_named()
    {
        var path = Path.Combine(Folder, "no-such.json");

        await Assert.ThatAsync(
            () => CertificateRecipeFile.ReadAsync(path, CancellationToken.None),
            Throws.TypeOf<HarnessException>().With.Message.StartsWith($"Certificate recipe '{path}' cannot be read: "));
    }

    private static bool Deviates(CertificateRecipe recipe)
    {
        var good = CertificateRecipe.Good;
        return (recipe.Key, recipe.Signature, recipe.Issuer, recipe.StartedDaysAgo, recipe.ExpiresInDays, recipe.CertificateAuthority, recipe.PresentIntermediate)
            != (good.Key, good.Signature, good.Issuer, good.StartedDaysAgo, good.ExpiresInDays, good.CertificateAuthority, good.PresentIntermediate)
            || !recipe.ExtendedKeyUsages.SequenceEqual(good.ExtendedKeyUsages)
            || recipe.OmitNames.Count + recipe.ExtraNames.Count > 0;
    }

    private static string RepositoryRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path) ?? ".", "..", "..", ".."));
}
