using VaultConformance.Harness.Tests;
using VaultConformance.OfflineKit.Building;

namespace VaultConformance.OfflineKit.Tests.Building;

public sealed class ContentKeyTests
{
    [Test]
    public void The_same_files_give_the_same_key_wherever_they_lie()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        one.Write("b/x.sh", "echo");
        one.Write("a", "1");
        other.Write("a", "1");
        other.Write("b/x.sh", "echo");

        Assert.That(Key(one), Is.EqualTo(Key(other)));
    }

    [Test]
    public void A_changed_byte_gives_another_key()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a", "1");
        var before = Key(folder);
        folder.Write("a", "2");

        Assert.That(Key(folder), Is.Not.EqualTo(before));
    }

    [Test]
    public void A_renamed_file_gives_another_key()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a", "1");
        var before = Key(folder);
        File.Move(file, file + "b");

        Assert.That(Key(folder), Is.Not.EqualTo(before));
    }

    [Test]
    public void What_a_build_leaves_beside_a_project_does_not_count_and_tests_neither()
    {
        using var folder = new TemporaryFolder();
        folder.Write("src/x.csproj", "<Project/>");
        var before = Key(folder);
        folder.Write("src/obj/project.assets.json", "{}");
        folder.Write("src/bin/x.dll", "x");
        folder.Write("src.Tests/XTests.cs", "x");

        Assert.That(Key(folder), Is.EqualTo(before));
    }

    [Test]
    public void A_program_of_an_image_counts_although_its_folder_is_called_bin()
    {
        using var folder = new TemporaryFolder();
        folder.Write("bin/k3s", "1");
        var before = Key(folder);
        folder.Write("bin/k3s", "2");

        Assert.That(Key(folder), Is.Not.EqualTo(before));
    }

    [Test]
    public void Moving_a_byte_from_one_text_to_the_next_gives_another_key()
    {
        Assert.That(new ContentKey().Add("ab").Add("c").ToString(), Is.Not.EqualTo(new ContentKey().Add("a").Add("bc").ToString()));
    }

    private static string Key(TemporaryFolder folder) => new ContentKey().AddFolder(folder.Path).ToString();
}
