using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Reporting.Tests;

/// <summary>The published schema and the strict loader say the same about profiles.</summary>
public sealed class ProfileSchemaTests
{
    private const string Valid = """
        name: mine
        version: "1.0"
        platform: eks
        description: d
        controls:
          CORE-1: {level: must}
        parameters:
          allowedUids: [100]
          groupZeroAllowed: true
          writablePaths: [/tmp]
          encryptedSwapAttestation: LUKS
          shutdownBudgetSeconds: 20
          whenDisruptionForbidden: notApplicable
        """;

    private static readonly ProfileCollection Known = new(
        [SampleReports.Control("CORE-1")],
        [KeyValuePair.Create("baseline-1.0", "name: baseline\nversion: \"1.0\"\ndescription: d\ncontrols: {CORE-1: {level: must}}\n")]);

    private static readonly SchemaFile Schema = new("profile-1");

    private static IEnumerable<string> BuiltIn => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Profiles"), "*.yaml").Select(path => Path.GetFileName(path)!).Order();

    [TestCaseSource(nameof(BuiltIn))]
    public async Task Every_built_in_profile_is_valid(string file) =>
        Assert.That(await Schema.ErrorsAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Profiles", file))), Is.Empty);

    [Test]
    public void Schema_and_loader_know_the_same_fields_and_parameters()
    {
        Assert.That(Schema.Json["properties"]!.AsObject().Select(pair => pair.Key), Is.EquivalentTo(ProfileLoader.Fields));
        Assert.That(Schema.Json["definitions"]!["parameters"]!["properties"]!.AsObject().Select(pair => pair.Key), Is.EquivalentTo(ProfileParameterReader.Names));
    }

    [TestCase("name: mine", "name: mine", true)]
    [TestCase("platform: eks\n", "", true)]
    [TestCase("platform: eks\n", "extends: baseline@1.0\n", true)]
    [TestCase("controls:\n  CORE-1: {level: must}", "extends: baseline@1.0", true)]
    [TestCase("controls:\n  CORE-1: {level: must}", "", false)]
    [TestCase("platform: eks\n", "extends: baseline\n", false)]
    [TestCase("platform: eks\n", "extends: [baseline@1.0]\n", false)]
    [TestCase("platform: eks\n", "extends: ../base.yaml\n", false)]
    [TestCase("platform: eks\n", "extends: \"\"\n", false)]
    [TestCase("{level: must}", "{level: may, reason: r}", true)]
    [TestCase("{level: must}", "{level: must, notApplicable: n}", true)]
    [TestCase("[100]", "[0, 4294967294]", true)]
    [TestCase("shutdownBudgetSeconds: 20", "replicationPeers: [10.1.0.0/16, internal]", true)]
    [TestCase("shutdownBudgetSeconds: 20", "replicationPeers: [anywhere]", false)]
    [TestCase("shutdownBudgetSeconds: 20", "kubernetesAuth: true", true)]
    [TestCase("shutdownBudgetSeconds: 20", "authMethods: [approle, kubernetes at prod/]", true)]
    [TestCase("shutdownBudgetSeconds: 20", "authMethods: [\"kubernetes at *\"]", false)]
    [TestCase("shutdownBudgetSeconds: 20", "secretsEngines: []", true)]
    [TestCase("shutdownBudgetSeconds: 20", "secretsEngines: [kv shop]", false)]
    [TestCase("shutdownBudgetSeconds: 20", "maximumTtlSeconds: 86400", true)]
    [TestCase("shutdownBudgetSeconds: 20", "unauthenticatedMetrics: true", true)]
    [TestCase("shutdownBudgetSeconds: 20", "unauthenticatedMetrics: declared", false)]
    [TestCase("shutdownBudgetSeconds: 20", "adminPolicies: [ops]", true)]
    [TestCase("shutdownBudgetSeconds: 20", "adminPolicies: ops", false)]
    [TestCase("shutdownBudgetSeconds: 20", "ui: true", true)]
    [TestCase("shutdownBudgetSeconds: 20", "ui: 1", false)]
    [TestCase("shutdownBudgetSeconds: 20", "maximumTtlSeconds: 24h", false)]
    [TestCase("shutdownBudgetSeconds: 20", "kubernetesAuth: \"yes\"", false)]
    [TestCase("shutdownBudgetSeconds: 20", "singleServer: true", true)]
    [TestCase("shutdownBudgetSeconds: 20", "singleServer: 1", false)]
    [TestCase("shutdownBudgetSeconds: 20", "declaredAccess: [Group/platform]", true)]
    [TestCase("shutdownBudgetSeconds: 20", "declaredAccess: Group/platform", false)]
    [TestCase("shutdownBudgetSeconds: 20", "dedicatedClusterAttestation: ticket 4711", true)]
    [TestCase("shutdownBudgetSeconds: 20", "secretsEncryptionAttestation: \" \"", false)]
    [TestCase("shutdownBudgetSeconds: 20", "shutdownBudgetSeconds: 2147483647", true)]
    [TestCase("parameters:", "parameter:", false)]
    [TestCase("description: d\n", "", false)]
    [TestCase("description: d", "description: \" \"", false)]
    [TestCase("name: mine", "name: Mine", false)]
    [TestCase("platform: eks", "platform: Amazon EKS", false)]
    [TestCase("platform: eks", "platform: [eks]", false)]
    [TestCase("\"1.0\"", "\"1\"", false)]
    [TestCase("\"1.0\"", "newest", false)]
    [TestCase("\"1.0\"", "\"+1.0\"", false)]
    [TestCase("\"1.0\"", "\"9999999999999999999.0\"", false)]
    [TestCase("{level: must}", "{level: MUST}", false)]
    [TestCase("{level: must}", "{}", false)]
    [TestCase("{level: must}", "must", false)]
    [TestCase("{level: must}", "{level: must, reason: \"\"}", false)]
    [TestCase("{level: must}", "{level: must, note: x}", false)]
    [TestCase("CORE-1:", "core-1:", false)]
    [TestCase("[100]", "100", false)]
    [TestCase("[100]", "[-1]", false)]
    [TestCase("[100]", "[\"100\"]", false)]
    [TestCase("[100]", "[4294967295]", false)]
    [TestCase("groupZeroAllowed: true", "groupZeroAllowed: \"yes\"", false)]
    [TestCase("[/tmp]", "[tmp]", false)]
    [TestCase("encryptedSwapAttestation: LUKS", "encryptedSwapAttestation: \"\"", false)]
    [TestCase("shutdownBudgetSeconds: 20", "shutdownBudgetSeconds: 2147483648", false)]
    [TestCase("shutdownBudgetSeconds: 20", "shutdownBudgetSeconds: -1", false)]
    [TestCase("whenDisruptionForbidden: notApplicable", "whenDisruptionForbidden: passed", false)]
    [TestCase("shutdownBudgetSeconds: 20", "shutdownBudget: 20", false)]
    public async Task Schema_and_loader_agree(string right, string changed, bool valid)
    {
        var text = Valid.Replace(right, changed, StringComparison.Ordinal);

        Assert.That((await Schema.ErrorsAsync(text)).Count == 0, Is.EqualTo(valid), "schema");
        Assert.That(IsAccepted(text), Is.EqualTo(valid), "loader");
    }

    private static bool IsAccepted(string text)
    {
        try
        {
            return Known.Parse(new ProfileText("p.yaml", text)).Profile.Controls.Count == 1;
        }
        catch (ProfileException)
        {
            return false;
        }
    }
}
