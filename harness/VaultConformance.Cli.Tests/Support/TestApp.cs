using Microsoft.Extensions.Time.Testing;
using VaultConformance.Cli.Output;
using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs;

namespace VaultConformance.Cli.Tests.Support;

/// <summary>The whole command line in this process: its own working folder, environment, profiles, clock, and a pipeline that starts nothing.</summary>
internal sealed class TestApp : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public TestApp()
    {
        Folder = Directory.CreateTempSubdirectory("cli-").FullName;
        WorkingFolder = Directory.CreateDirectory(Path.Combine(Folder, "work")).FullName;
        Repository = new RepositoryFolder(Path.Combine(Folder, "repository"));
        Write(Repository.DefaultValues, "server: {}\n");
        Write(Repository.DefaultSetup, "- path: sys/audit/stdout\n  data: {type: file, options: {file_path: stdout}}\n");
        WriteWork("values.yaml", "server:\n  ha: {}\n");
    }

    public string Folder { get; }

    public string WorkingFolder { get; }

    public RepositoryFolder Repository { get; }

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The built-in profiles of this app, by name and version.</summary>
    public Dictionary<string, string> Profiles { get; } = new() { ["baseline-1.0"] = ProfileText("baseline"), ["hardened-2.0"] = ProfileText("hardened", "2.0") };

    public FakePipeline Pipeline { get; } = new();

    public static string ProfileText(string name, string version = "1.0") =>
        $"name: {name}\nversion: {version}\ndescription: for tests\ncontrols:\n"
        + string.Concat(ControlCatalogue.BuiltIn.Controls.Select(control => $"  {control.Id}: {{level: {control.Level.ToString().ToLowerInvariant()}}}\n"));

    public string WriteWork(string name, string text) => Write(Path.Combine(WorkingFolder, name), text);

    public async Task<CliResult> RunAsync(params string[] arguments) => await RunAsync(arguments, CancellationToken.None);

    public async Task<CliResult> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await new CommandLineApp(CreateServices(output, error)).RunAsync(arguments, cancellationToken);
        return new CliResult(exitCode, output.ToString(), error.ToString());
    }

    public CliServices CreateServices(TextWriter output, TextWriter error) => new(
        CliConsole.Log(output, error), Variables, WorkingFolder, Repository, new FakeTimeProvider(Now), Pipeline)
    {
        Judge = new SuiteJudge { Profiles = new ProfileCollection(ControlCatalogue.BuiltIn.Controls, Profiles) },
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}

/// <summary>What a command line came to.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error);
