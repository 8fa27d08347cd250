using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Reporting.Tests.Waivers;

/// <summary>The published schema and the strict loader say the same about waivers.</summary>
public sealed class WaiverSchemaTests
{
    private static readonly SchemaFile Schema = new("waivers-1");

    [Test]
    public async Task The_example_in_the_fixtures_is_valid() =>
        Assert.That(await Schema.ErrorsAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "example.waivers.yaml"))), Is.Empty);

    [Test]
    public void Schema_and_loader_know_the_same_fields()
    {
        var waiver = Schema.Json["definitions"]!["waiver"]!["properties"]!.AsObject();

        Assert.That(waiver.Select(pair => pair.Key), Is.EquivalentTo(WaiverReader.Fields));
        Assert.That(waiver["scope"]!["properties"]!.AsObject().Select(pair => pair.Key), Is.EquivalentTo(WaiverScopeReader.Fields));
    }

    [TestCase("id: core-1", "id: core_1.2", true)]
    [TestCase("  link: https://example.org/1\n", "", true)]
    [TestCase("https://", "HTTP://", true)]
    [TestCase("  approvedBy: a\n", "", false)]
    [TestCase("  expires: \"2026-03-31\"", "", false)]
    [TestCase("\"2026-03-31\"", "31.3.2026", false)]
    [TestCase("id: core-1", "id: core 1", false)]
    [TestCase("control: CORE-1", "control: core-1", false)]
    [TestCase("platform: eks", "platform: EKS", false)]
    [TestCase("platform: eks", "region: eu", false)]
    [TestCase("pod: vault-*", "pod: \"vault ?\"", false)]
    [TestCase(">=0.30.0 <0.36.0", "=0.34.1-standin", false)]
    [TestCase(">=0.30.0 <0.36.0", " ", false)]
    [TestCase("https://example.org/1", "javascript:alert(1)", false)]
    [TestCase("reason: r", "reason: \"\"", false)]
    [TestCase("reason: r", "because: r", false)]
    [TestCase("waivers:", "waiver:", false)]
    public async Task Schema_and_loader_agree(string right, string changed, bool valid)
    {
        var text = WaiverTexts.Valid.Replace(right, changed, StringComparison.Ordinal);

        Assert.That((await Schema.ErrorsAsync(text)).Count == 0, Is.EqualTo(valid), "schema");
        Assert.That(IsAccepted(text), Is.EqualTo(valid), "loader");
    }

    private static bool IsAccepted(string text)
    {
        try
        {
            return WaiverTexts.Parse(text).Waivers.Count == 2;
        }
        catch (WaiverException)
        {
            return false;
        }
    }
}
