using System.Text.RegularExpressions;
using VaultConformance.Controls.Tests.Support;

namespace VaultConformance.Controls.Tests;

/// <summary>No two namespaces of a project use each other, directly or by way of others, so that each can be read and moved alone.</summary>
public sealed partial class NamespaceCircleTests
{
    [TestCaseSource(nameof(Projects))]
    public void Namespaces_of_a_project_form_no_circle(string folder)
    {
        var uses = Uses(folder);

        Assert.That(uses.Keys.Where(name => Reachable(uses, name).Contains(name)), Is.Empty, "they are part of a circle");
    }

    [Test]
    public void A_circle_is_found()
    {
        var uses = new Dictionary<string, HashSet<string>> { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["A"], ["D"] = ["A"] };

        Assert.That(uses.Keys.Where(name => Reachable(uses, name).Contains(name)), Is.EqualTo(new[] { "A", "B", "C" }));
    }

    private static IEnumerable<TestCaseData> Projects() => new[] { "conformance", "harness", "benchmarks" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.csproj", SearchOption.AllDirectories))
        .Where(file => !file.EndsWith(".Tests.csproj", StringComparison.Ordinal))
        .Select(file => new TestCaseData(Path.GetDirectoryName(file)).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));

    private static Dictionary<string, HashSet<string>> Uses(string folder)
    {
        var uses = new Dictionary<string, HashSet<string>>();
        foreach (var text in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText))
        {
            if (Namespace.Match(text) is { Success: true } own)
            {
                uses.TryAdd(own.Groups[1].Value, []);
                uses[own.Groups[1].Value].UnionWith(Using.Matches(text).Select(used => used.Groups[1].Value).Where(used => used != own.Groups[1].Value));
            }
        }

        return uses;
    }

    private static HashSet<string> Reachable(Dictionary<string, HashSet<string>> uses, string from)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(uses[from]);
        while (open.TryPop(out var name))
        {
            if (seen.Add(name) && uses.TryGetValue(name, out var further))
            {
                further.ToList().ForEach(open.Push);
            }
        }

        return seen;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace { get; }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(VaultConformance[\w.]*);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Using { get; }
}
