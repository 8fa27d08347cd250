using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Tests;

public sealed class ReportFolderTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("report-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task All_formats_are_written_and_nothing_else()
    {
        var files = await WriteAsync(Path.Combine(_folder, "new", "out"), "<test-run/>");

        Assert.That(Directory.GetFiles(Path.Combine(_folder, "new", "out")), Is.EquivalentTo(files));
        Assert.That(files.Select(Path.GetFileName), Is.EqualTo(new[] { "results.json", "junit.xml", "results.sarif", "summary.md", "report.html", "annotations.txt", "gl-code-quality.json", "nunit.xml" }).And.EqualTo(ReportFolder.FileNames));
        Assert.That(await File.ReadAllTextAsync(files[^1]), Is.EqualTo("<test-run/>"));
    }

    [Test]
    public async Task A_second_report_replaces_the_first()
    {
        await WriteAsync(_folder, null);
        await new ReportFolder(_folder).WriteAsync(SampleReports.Of(SampleReports.Result("ID-1", Outcome.Passed)), null, CancellationToken.None);

        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "summary.md")), Does.StartWith("# Conformant"));
    }

    [Test]
    public async Task An_output_folder_that_is_a_file_is_told_and_left_alone()
    {
        var path = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(path, "mine");

        await Assert.ThatAsync(
            () => WriteAsync(path, null),
            Throws.TypeOf<ReportWriteException>().With.Message.Matches(
                "^The report could not be written to '.*results.json': .+ Free space or choose another folder with --output.$"));
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("mine"));
    }

    [Test]
    [Platform("Linux", Reason = "/dev/full is how Linux plays a full disk")]
    public async Task A_full_disk_is_told_and_leaves_no_part_of_a_file()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "results.json.part"), "/dev/full");

        await Assert.ThatAsync(() => WriteAsync(_folder, null), Throws.TypeOf<ReportWriteException>().With.Message.Contains("No space left on device"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public async Task A_cancelled_write_leaves_nothing()
    {
        await Assert.ThatAsync(
            () => new ReportFolder(_folder).WriteAsync(SampleReports.Mixed(), null, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    private static Task<IReadOnlyList<string>> WriteAsync(string folder, string? nunitXml) =>
        new ReportFolder(folder).WriteAsync(SampleReports.Mixed(), nunitXml, CancellationToken.None);
}
