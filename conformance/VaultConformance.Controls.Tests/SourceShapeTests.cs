using VaultConformance.Controls.Tests.Support;

namespace VaultConformance.Controls.Tests;

/// <summary>What the compiler does not guard: a file of production code fits a screen's width and has one idea.</summary>
public sealed class SourceShapeTests
{
    private const int Columns = 140;
    private const int Lines = 200;
    private static readonly string[] Folders = ["conformance", "harness", "fixtures", "benchmarks"];

    [Test]
    public void No_line_of_production_code_is_longer_than_140_columns() => Assert.That(
        from file in ProductionFiles()
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > Columns
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number} has {line.Text.Length} columns",
        Is.Empty,
        "break the line");

    [Test]
    public void No_file_of_production_code_is_longer_than_200_lines() => Assert.That(
        from file in ProductionFiles()
        let lines = File.ReadLines(file).Count()
        where lines > Lines
        select $"{Path.GetRelativePath(Repository.Root, file)} has {lines} lines",
        Is.Empty,
        "split the file by idea");

    [Test]
    public void The_production_code_is_found() => Assert.That(ProductionFiles().Count(), Is.GreaterThan(500));

    private static IEnumerable<string> ProductionFiles() => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !IsTestOrGenerated(Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)));

    private static bool IsTestOrGenerated(string[] parts) =>
        Array.Exists(parts, part => part is "obj" or "bin" || part.EndsWith(".Tests", StringComparison.Ordinal));
}
