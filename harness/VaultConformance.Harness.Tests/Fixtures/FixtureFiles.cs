using VaultConformance.Harness.Config;

namespace VaultConformance.Harness.Tests.Fixtures;

/// <summary>The fixtures of the repository this test was built in.</summary>
internal static class FixtureFiles
{
    internal static string Root { get; } = Path.Combine(Repository(), "fixtures");

    // A vendor's design is judged by what it declares, and has no outcomes of a run.
    internal static IReadOnlyList<string> Values { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "values"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) is not ("patches" or "vendor"))
            .Order(StringComparer.Ordinal),
    ];

    internal static IReadOnlyList<string> Noncompliant { get; } = [.. Values.Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "noncompliant")];

    internal static FixtureHeader Header(string file) => FixtureHeader.Parse(File.ReadAllText(file), Path.GetFileName(file));

    internal static string Compliant(string name) => Path.Combine(Root, "values", "compliant", name + ".yaml");

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VaultConformance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("no folder above the test has VaultConformance.sln");
    }
}
