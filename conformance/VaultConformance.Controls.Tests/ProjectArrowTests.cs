using System.Xml.Linq;
using VaultConformance.Controls.Tests.Support;

namespace VaultConformance.Controls.Tests;

/// <summary>Which project refers to which, written down for every project, so that a new arrow is a decision.</summary>
public sealed class ProjectArrowTests
{
    private static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Harness"] = [],
        ["Reporting"] = [],
        ["OfflineKit"] = ["Harness"],
        ["Runs"] = ["Harness", "OfflineKit", "Reporting"],
        ["Judging"] = ["Harness", "Reporting"],
        ["Controls"] = ["Harness", "Judging", "Reporting", "Runs"],
        ["Cli"] = ["Controls", "Harness", "Reporting", "Runs"],
        ["TestRunner"] = ["Cli", "OfflineKit"],
        ["StandIn"] = [],
        ["Benchmarks"] = ["Cli"],
        ["Browser.Tests"] = ["Controls", "Reporting"],
    };

    [TestCaseSource(nameof(Projects))]
    public void A_project_refers_only_to_what_it_may(string file)
    {
        var name = NameOf(file);
        var allowed = Allowed.TryGetValue(name, out var written) ? written : name.EndsWith(".Tests", StringComparison.Ordinal) ? [name[..^".Tests".Length]] : null;

        Assert.That(allowed, Is.Not.Null, "say here what this project may refer to");
        Assert.That(References(file), Is.SubsetOf(allowed));
    }

    [Test]
    public void The_product_ships_neither_the_stand_in_nor_the_test_runner()
    {
        var arrows = Files().ToDictionary(NameOf, References);
        var shipped = new HashSet<string>();
        var open = new Stack<string>(["Cli"]);
        while (open.TryPop(out var name))
        {
            if (shipped.Add(name))
            {
                arrows[name].ForEach(open.Push);
            }
        }

        Assert.That(shipped, Is.EquivalentTo(new[] { "Cli", "Controls", "Harness", "Judging", "OfflineKit", "Reporting", "Runs" }));
    }

    [Test]
    public void Every_written_arrow_belongs_to_a_project() =>
        Assert.That(Allowed.Keys, Is.SubsetOf(Files().Select(NameOf)));

    private static IEnumerable<TestCaseData> Projects() => Files().Select(file => new TestCaseData(file).SetArgDisplayNames(NameOf(file)));

    private static IEnumerable<string> Files() => new[] { "conformance", "harness", "fixtures", "benchmarks" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.csproj", SearchOption.AllDirectories));

    private static List<string> References(string file) =>
        [.. XDocument.Load(file).Descendants("ProjectReference").Select(reference => NameOf(((string)reference.Attribute("Include")!).Replace('\\', '/')))];

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file)["VaultConformance.".Length..];
}
