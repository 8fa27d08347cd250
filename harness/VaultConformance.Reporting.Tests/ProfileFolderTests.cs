using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Reporting.Tests;

public sealed class ProfileFolderTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder()
    {
        _folder = Directory.CreateTempSubdirectory("profiles-").FullName;
        Store("baseline-1.0", "baseline", "1.0");
        Store("baseline-1.9", "baseline", "1.9");
        Store("baseline-1.10", "baseline", "1.10");
        Store("course-guide-2.0", "course-guide", "2.0");
        Store("wrong-1.0", "other", "1.0");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("baseline", "baseline@1.10", Description = "versions are compared as numbers")]
    [TestCase("baseline@1.9", "baseline@1.9")]
    [TestCase("course-guide", "course-guide@2.0")]
    public async Task A_profile_is_found_by_name_and_version(string reference, string expected) =>
        Assert.That((await LoadAsync(reference)).Reference, Is.EqualTo(expected));

    [TestCase("baseline-1.0.yaml")]
    [TestCase("./baseline-1.0.yaml")]
    public async Task A_profile_is_found_by_its_path_from_the_working_folder(string path) =>
        Assert.That((await LoadAsync(path)).Reference, Is.EqualTo("baseline@1.0"));

    [Test]
    public async Task A_file_may_not_bear_the_name_of_a_stored_profile_and_say_something_else()
    {
        var path = Path.Combine(_folder, "..", $"{Path.GetFileName(_folder)}.yaml");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(Path.Combine(_folder, "baseline-1.9.yaml"))) + "# changed\n");
        try
        {
            await Assert.ThatAsync(() => LoadAsync(path), Throws.TypeOf<ProfileException>().With.Message.EqualTo(
                $"Profile '{path}' calls itself baseline@1.9, which is built in and says something else. Give it a name or a version of its own."));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestCase("baselin", "There is no profile 'baselin' (did you mean 'baseline'?). Known profiles: baseline@1.0, baseline@1.9, baseline@1.10, course-guide@2.0, wrong@1.0.")]
    [TestCase("baseline@7.0", "There is no profile 'baseline@7.0' (did you mean 'baseline@1.0'?).")]
    [TestCase("wrong", "calls itself other@1.0; its file name says wrong@1.0. Rename one of them.")]
    public async Task An_unknown_profile_never_becomes_another_one(string reference, string message) =>
        await Assert.ThatAsync(() => LoadAsync(reference), Throws.TypeOf<ProfileException>().With.Message.Contains(message));

    private Task<Profile> LoadAsync(string reference) =>
        new ProfileFolder(_folder, _folder, new ProfileLoader([SampleReports.Control("CORE-1")])).LoadAsync(reference, CancellationToken.None);

    private void Store(string file, string name, string version) => File.WriteAllText(
        Path.Combine(_folder, file + ".yaml"), $"name: {name}\nversion: {version}\ndescription: d\ncontrols: {{CORE-1: {{level: must}}}}\n");
}
