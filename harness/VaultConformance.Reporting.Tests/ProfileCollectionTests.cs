using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Reporting.Tests;

public sealed class ProfileCollectionTests
{
    private readonly Dictionary<string, string> _texts = [];
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("profiles-").FullName;
        _texts.Clear();
        Store("baseline-1.0", "baseline", "1.0");
        Store("baseline-1.9", "baseline", "1.9");
        Store("baseline-1.10", "baseline", "1.10");
        Store("course-guide-2.0", "course-guide", "2.0");
        Store("wrong-1.0", "other", "1.0");
        Store("noversion", "noversion", "1.0");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("baseline", "baseline@1.10", Description = "versions are compared as numbers")]
    [TestCase("baseline@1.9", "baseline@1.9")]
    [TestCase("course-guide", "course-guide@2.0")]
    public async Task A_profile_is_found_by_name_and_version(string reference, string expected) =>
        Assert.That((await LoadAsync(reference)).Reference, Is.EqualTo(expected));

    [TestCase("mine.yaml")]
    [TestCase("./mine.yaml")]
    public async Task A_profile_is_found_by_its_path_from_the_working_folder_and_keeps_its_text(string path)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "mine.yaml"), Text("mine", "3.1") + "# as it was\n");

        var source = await Collection().LoadAsync(path, _folder, CancellationToken.None);

        Assert.That((source.Profile.Reference, source.Text), Is.EqualTo(("mine@3.1", Text("mine", "3.1") + "# as it was\n")));
    }

    [Test]
    public async Task A_file_in_the_working_folder_is_no_built_in_profile()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "strange-1.0.yaml"), Text("strange", "1.0"));

        await Assert.ThatAsync(() => LoadAsync("strange"), Throws.TypeOf<ProfileException>());
        Assert.That(Collection().References, Is.EqualTo(new[] { "baseline@1.0", "baseline@1.9", "baseline@1.10", "course-guide@2.0", "wrong@1.0" }));
    }

    [Test]
    public void A_profile_is_found_by_its_whole_reference_only()
    {
        Assert.That(Collection().Find("baseline@1.9")!.Reference, Is.EqualTo("baseline@1.9"));
        Assert.That(new[] { "baseline", "baseline@1", "baseline@1.90" }.Select(Collection().Find), Is.All.Null);
    }

    [Test]
    public async Task A_copy_of_a_built_in_profile_is_that_profile_whatever_its_line_endings()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "copy.yaml"), Text("baseline", "1.9").Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n");

        Assert.That((await LoadAsync("copy.yaml")).Reference, Is.EqualTo("baseline@1.9"));
    }

    [Test]
    public async Task A_file_may_not_bear_the_name_of_a_stored_profile_and_say_something_else()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "changed.yaml"), Text("baseline", "1.9").Replace("must", "may, reason: r", StringComparison.Ordinal));

        await Assert.ThatAsync(() => LoadAsync("changed.yaml"), Throws.TypeOf<ProfileException>().With.Message.EqualTo(
            "Profile 'changed.yaml' calls itself baseline@1.9, which is built in and says something else. Give it a name or a version of its own."));
    }

    [Test]
    public async Task A_comment_does_not_make_another_profile_of_a_built_in_one()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "copy.yaml"), Text("baseline", "1.9") + "# copied\n");

        Assert.That((await LoadAsync("copy.yaml")).Reference, Is.EqualTo("baseline@1.9"));
    }

    [Test]
    public async Task A_file_that_is_not_there_is_told_with_its_path() => await Assert.ThatAsync(
        () => LoadAsync("/nowhere/p.yaml"), Throws.TypeOf<ProfileException>().With.Message.StartsWith("Profile '/nowhere/p.yaml' cannot be read: "));

    [TestCase("baselin", "There is no profile 'baselin' (did you mean 'baseline'?). Known profiles: baseline@1.0, baseline@1.9, baseline@1.10, course-guide@2.0, wrong@1.0.")]
    [TestCase("baseline@7.0", "There is no profile 'baseline@7.0' (did you mean 'baseline@1.0'?).")]
    [TestCase("wrong", "calls itself other@1.0; its file name says wrong@1.0. Rename one of them.")]
    public async Task An_unknown_profile_never_becomes_another_one(string reference, string message) =>
        await Assert.ThatAsync(() => LoadAsync(reference), Throws.TypeOf<ProfileException>().With.Message.Contains(message));

    private async Task<Profile> LoadAsync(string reference) => (await Collection().LoadAsync(reference, _folder, CancellationToken.None)).Profile;

    private ProfileCollection Collection() => new([SampleReports.Control("CORE-1")], _texts);

    private void Store(string file, string name, string version) => _texts[file] = Text(name, version);

    private static string Text(string name, string version) => $"name: {name}\nversion: {version}\ndescription: d\ncontrols: {{CORE-1: {{level: must}}}}\n";
}
