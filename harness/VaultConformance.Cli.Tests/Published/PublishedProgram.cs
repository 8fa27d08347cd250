using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Runs;

namespace VaultConformance.Cli.Tests.Published;

/// <summary>The program as <c>dotnet publish</c> leaves it, in a folder outside any clone that nobody may write to.</summary>
internal sealed class PublishedProgram : IDisposable
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("published-").FullName;

    private PublishedProgram()
    {
        WorkingFolder = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
    }

    /// <summary>An empty folder that it is started in.</summary>
    public string WorkingFolder { get; }

    /// <summary>Where the program lies.</summary>
    public string Program => Path.Combine(_folder, "program");

    /// <summary>Publishes what is built; builds nothing.</summary>
    public static async Task<PublishedProgram> PublishAsync(CancellationToken cancellationToken)
    {
        var published = new PublishedProgram();
        var project = Path.Combine(RepositoryFolder.FindContaining(AppContext.BaseDirectory).Root, "harness", "VaultConformance.Cli");
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) == "release" ? "Release" : "Debug";
        var result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments(["publish", project, "--no-build", "--configuration", configuration, "--output", published.Program, "--disable-build-servers", "--verbosity", "quiet"])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(published.Program, ReadOnly);
        }

        return published;
    }

    /// <summary>Runs the program as its users do.</summary>
    public async Task<CliResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await CliWrap.Cli.Wrap("dotnet")
            .WithArguments([Path.Combine(Program, "vault-conformance.dll"), .. arguments])
            .WithWorkingDirectory(WorkingFolder)
            .WithEnvironmentVariables(new Dictionary<string, string?> { ["HOME"] = _folder, ["DOCKER_HOST"] = "unix:///nowhere.sock" })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        return new CliResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    /// <summary>Names and contents of the program's files.</summary>
    public IReadOnlyList<string> Files() =>
    [
        .. Directory.EnumerateFiles(Program, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(Program, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, ReadOnly | UnixFileMode.UserWrite);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
