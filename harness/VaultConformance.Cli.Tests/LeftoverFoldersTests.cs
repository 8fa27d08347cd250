using VaultConformance.Runs.Clean;

namespace VaultConformance.Cli.Tests;

/// <summary>Temporary files of runs that were killed go with <c>clean</c>; those of living runs, and of nobody known, stay.</summary>
public sealed class LeftoverFoldersTests
{
    private string _root = null!;

    [SetUp]
    public void CreateRoot() => _root = Directory.CreateTempSubdirectory("leftover-").FullName;

    [TearDown]
    public void RemoveRoot() => Directory.Delete(_root, recursive: true);

    [TestCase(false)]
    [TestCase(true)]
    public void Only_what_belongs_to_a_process_that_ended_goes(bool dryRun)
    {
        Make("vault-conformance-dead", new ProcessMark(4_000_000, 1).ToString());
        Make("vault-conformance-reused", (ProcessMark.OfThisProcess with { Started = 1 }).ToString());
        Make("vault-conformance-alive", ProcessMark.OfThisProcess.ToString());
        Make("vault-conformance-unmarked", null);
        Make("vault-conformance-odd", "not a mark");
        Make("another", new ProcessMark(4_000_000, 1).ToString());

        var lines = new LeftoverFolders(_root) { DryRun = dryRun }.Remove();

        var verb = dryRun ? "would remove" : "removed";
        Assert.That(lines, Is.EqualTo([$"{verb} temporary files of run dead", $"{verb} temporary files of run reused"]));
        string[] stay = ["another", "vault-conformance-alive", "vault-conformance-odd", "vault-conformance-unmarked"];
        string[] left = ["vault-conformance-dead", "vault-conformance-reused"];
        Assert.That(Directory.GetDirectories(_root).Select(Path.GetFileName), Is.EquivalentTo(dryRun ? [.. stay, .. left] : stay));
    }

    private void Make(string name, string? mark)
    {
        Directory.CreateDirectory(Path.Combine(_root, name));
        if (mark is not null)
        {
            File.WriteAllText(Path.Combine(_root, name, LeftoverFolders.OwnerFile), mark);
        }
    }
}
