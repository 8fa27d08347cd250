using System.Text.RegularExpressions;
using VaultConformance.Controls.Tests.Support;

namespace VaultConformance.Controls.Tests;

/// <summary>What tells the products apart is written in one file. Everywhere else their words are text for people, or names of our own.</summary>
public sealed partial class ProductWordsTests
{
    private const string Product = "harness/VaultConformance.Harness/Products/ServerProduct.cs";

    private static readonly (string File, string Word, string Reason)[] Allowed =
    [
        (Product, string.Empty, "the place where they are told apart"),
        ("conformance/VaultConformance.Controls/Framework/StateMembers.cs", "\"vault-state: ", "a name in our own evidence"),
        ("harness/VaultConformance.Harness/Observations/ObservationKinds.cs", "\"vault-state\"", "a name in our own evidence"),
        ("harness/VaultConformance.Harness/Vault/UnsealKeys.cs", "'vault-unseal-0'", "an example in a message"),
        ("harness/VaultConformance.OfflineKit/Building/VaultStandIn.cs", "\"vault-stand", "names of our own build"),
        ("harness/VaultConformance.Reporting/Fixes/VolumeNames.cs", "\"vault-license\"", "a volume of the chart, whose name is taken"),
        ("harness/VaultConformance.Reporting/Profiles/ProfileParameters.cs", "\"/home/vault\"", "what a profile says that says nothing; profiles name what their product may write"),
        ("harness/VaultConformance.Reporting/Writers/Sarif/SarifRules.cs", "\"vault\"", "a tag of our own rules"),
        ("harness/VaultConformance.Runs/Fixes/ChartNames.cs", string.Empty, "names that the chart gives, for changes of its values"),
        ("harness/VaultConformance.Runs/Fixes/FixBindings.cs", "vault", "names in the snippets of our own pages, and the chart's own folder"),
        ("harness/VaultConformance.Runs/Plan/ImageName.cs", "registry.example/vault", "an example in a message"),
        ("harness/VaultConformance.Runs/Plan/Settings.cs", "hashicorp/vault", "an example in the help"),
        ("benchmarks/VaultConformance.Benchmarks/ExecComparison.cs", "/vault/config", "load for a measurement"),
        ("benchmarks/VaultConformance.Benchmarks/SyntheticRun.cs", "\"vault-", "made-up evidence"),
    ];

    private static readonly IReadOnlyList<(string File, int Number, string Text)> Lines = [.. Read()];

    [Test]
    public void No_other_file_decides_by_the_words_of_a_product()
    {
        var strays = Lines
            .Where(line => Word.IsMatch(line.Text) && !Array.Exists(Allowed, allowed => Covers(allowed, line)))
            .Select(line => $"{line.File}:{line.Number}: {line.Text}");

        Assert.That(strays, Is.Empty, $"Ask {Product}, or say here why the word decides nothing.");
    }

    [Test]
    public void Every_exception_is_still_needed() =>
        Assert.That(Allowed.Where(allowed => !Lines.Any(line => Word.IsMatch(line.Text) && Covers(allowed, line))).Select(allowed => $"{allowed.File}: {allowed.Word}"), Is.Empty);

    [TestCase(@"\.FromProgram\(", "harness/VaultConformance.Harness/Observations/ProcessTable.cs", TestName = "The server process is found in one place")]
    [TestCase(@"CommandLine\[1\] ==", "harness/VaultConformance.Harness/Observations/ProcessTable.cs", TestName = "The server process is known by its first argument in one place")]
    [TestCase(@"\.Container ==|Containers\[0\]|Containers\.First\(|[cC]ontainers\[0\]", Product, TestName = "The server container is found in one place")]
    [TestCase(@"\bselector\.All\(|Spec\.Selector\.All\(", "harness/VaultConformance.Harness/Observations/ServerServices.cs", TestName = "The Services of the release are found in one place")]
    public void Each_is_found_in_one_place(string decision, string file) =>
        Assert.That(Lines.Where(line => Regex.IsMatch(line.Text, decision)).Select(line => line.File).Distinct(), Is.EqualTo(new[] { file }));

    [TestCase("if (name == \"vault\")", true)]
    [TestCase("case \"$name\" in vault|bao) ;;", true)]
    [TestCase("const string Url = \"VAULT_ADDR\";", true)]
    [TestCase("mount == \"/openbao/data\"", true)]
    [TestCase("[GeneratedRegex(@\"(vault|bao) login\")]", true)]
    [TestCase("label.StartsWith(\"vault-\")", true)]
    [TestCase("text is [\"hashicorp\", var name]", true)]
    [TestCase("Environment(\"VAULT_CONFORMANCE_TARGET\")", false)]
    [TestCase("$\"vault-conformance-{runId}\"", false)]
    [TestCase("Option(\"--vault-image\")", false)]
    [TestCase("$\"Vault server '{pod}' to answer\"", false)]
    public void A_word_that_can_decide_is_seen(string line, bool expected) => Assert.That(Word.IsMatch(line), Is.EqualTo(expected));

    private static bool Covers((string File, string Word, string Reason) allowed, (string File, int Number, string Text) line) =>
        line.File == allowed.File && line.Text.Contains(allowed.Word, StringComparison.Ordinal);

    // What a control says to people stands in its attribute, and comments decide nothing.
    private static IEnumerable<(string File, int Number, string Text)> Read() =>
        from room in new[] { "harness", "conformance", "benchmarks" }
        from path in Directory.EnumerateFiles(Repository.File(room), "*", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
        where Path.GetExtension(file) is ".cs" or ".razor" or ".sh" && !file.Contains(".Tests/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
        from line in File.ReadLines(path).Select((text, index) => (Text: text.Trim(), Number: index + 1))
        where !ForPeople.IsMatch(line.Text)
        select (file, line.Number, line.Text);

    [GeneratedRegex("^(//|#|\\*|(Title|Source|Remediation) = \")", RegexOptions.CultureInvariant)]
    private static partial Regex ForPeople { get; }

    [GeneratedRegex(
        @"""(bao|vault|openbao|hashicorp)""|\b(BAO|VAULT)_(?!CONFORMANCE_)|(?<![\w.:/])(/home)?/(vault|openbao)(?![\w-])|\b(vault|bao)\s*\|\s*(vault|bao)\b|(?<![-\w])(vault|openbao|bao)-(?!conformance|image)|\b(hashicorp|openbao|example)/(vault|openbao)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word { get; }
}
