using VaultConformance.Runs.Clean;

namespace VaultConformance.Cli.Tests;

/// <summary>Kubeconfigs and keys of kept runs go when what they open is gone, and not before.</summary>
public sealed class KeptFoldersTests
{
    private string _root = null!;

    [SetUp]
    public void Create()
    {
        _root = Directory.CreateTempSubdirectory("kept-").FullName;
        foreach (var (run, managed) in new[] { ("gone", true), ("alive", true), ("theirs", false) })
        {
            var folder = Directory.CreateDirectory(Path.Combine(_root, run)).FullName;
            File.WriteAllText(Path.Combine(folder, "target.json"), "{}");
            if (managed)
            {
                File.WriteAllText(Path.Combine(folder, KeptFolders.ManagedMarker), string.Empty);
            }
        }
    }

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void A_cluster_of_a_run_takes_its_keys_along()
    {
        var lines = new KeptFolders(_root).RemoveWithoutContainer(["alive"]);

        Assert.That(lines, Is.EqualTo(["removed kubeconfig and keys of kept run gone"]));
        Assert.That(Left(), Is.EquivalentTo(["alive", "theirs"]));
    }

    [Test]
    public void A_namespace_that_was_removed_takes_its_keys_along()
    {
        var lines = new KeptFolders(_root).RemoveOf(["theirs", "never kept"]);

        Assert.That(lines, Is.EqualTo(["removed kubeconfig and keys of kept run theirs"]));
        Assert.That(Left(), Is.EquivalentTo(["alive", "gone"]));
    }

    [Test]
    public void Without_kept_runs_there_is_nothing_to_do() =>
        Assert.That(new KeptFolders(Path.Combine(_root, "nowhere")).RemoveWithoutContainer([]), Is.Empty);

    private IEnumerable<string?> Left() => Directory.EnumerateDirectories(_root).Select(Path.GetFileName);
}
