using VaultConformance.Cli.Tests.Support;
using VaultConformance.Runs.Engine;

namespace VaultConformance.Cli.Tests;

public sealed class ValuesDeclarationsTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task Files_are_named_as_the_user_sees_them_and_their_lines_are_found()
    {
        _app.WriteWork("deploy/my site.yaml", "server:\n  resources: {limits: {memory: 1Gi}}\n");
        await _app.RunAsync("--values", "./values.yaml", "--values", "deploy/my site.yaml");

        var declared = await ValuesDeclarations.ReadAsync(_app.Pipeline.Plan!, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(declared.Files, Is.EqualTo(new[] { "values.yaml", "deploy/my site.yaml" }));
            var cause = declared.Controls["MEM-4"][0];
            Assert.That((cause.Key, cause.File, cause.Path, cause.Line, cause.Text), Is.EqualTo(("server.resources.limits.memory", "my site.yaml", "deploy/my site.yaml", 2, "1Gi")));
        }
    }

    [Test]
    public async Task A_file_elsewhere_is_named_without_its_folder()
    {
        await _app.RunAsync();

        Assert.That((await ValuesDeclarations.ReadAsync(_app.Pipeline.Plan!, CancellationToken.None)).Files, Is.EqualTo(new[] { Path.GetFileName(_app.Repository.DefaultValues) }));
    }

    [Test]
    public async Task A_file_that_has_gone_since_declares_nothing()
    {
        await _app.RunAsync("--values", "values.yaml");
        File.Delete(Path.Combine(_app.WorkingFolder, "values.yaml"));

        Assert.That((await ValuesDeclarations.ReadAsync(_app.Pipeline.Plan!, CancellationToken.None)).Controls, Is.Empty);
    }

    [TestCase("a/b.yaml", "a/b.yaml")]
    [TestCase("..b/c.yaml", "..b/c.yaml")]
    [TestCase("../c.yaml", "c.yaml")]
    public void Only_what_is_below_the_working_folder_keeps_its_folders(string path, string name) =>
        Assert.That(ValuesDeclarations.GetName(Path.GetFullPath(path, _app.WorkingFolder), _app.WorkingFolder), Is.EqualTo(name));
}
