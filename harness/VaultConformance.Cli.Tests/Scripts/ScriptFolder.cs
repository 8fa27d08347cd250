using System.Text;

namespace VaultConformance.Cli.Tests.Scripts;

/// <summary>A small repository of its own with both scripts and a dotnet that only writes down what it is asked for.</summary>
internal sealed class ScriptFolder : IDisposable
{
    private const string Program = "artifacts/bin/VaultConformance.Cli/debug/vault-conformance.dll";

    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _root = Directory.CreateTempSubdirectory("scripts-").FullName;

    public ScriptFolder(string repository)
    {
        foreach (var script in new[] { "run.sh", "run.ps1" })
        {
            File.Copy(Path.Combine(repository, script), Path.Combine(_root, script));
        }

        foreach (var source in new[] { "harness/A.cs", "harness/A.Tests/ATests.cs", "harness/A.TestRunner/R.cs", "conformance/profiles/p-1.0.yaml", "harness/Page.razor", "conformance/B.cs", "docs/controls/D.md", "fixtures/C.cs", "Directory.Build.props", "Directory.Build.targets", "global.json" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, source))!);
            File.WriteAllText(Path.Combine(_root, source), string.Empty);
            File.SetLastWriteTimeUtc(Path.Combine(_root, source), LongAgo);
        }

        foreach (var folder in Directory.GetDirectories(_root, "*", SearchOption.AllDirectories))
        {
            Directory.SetLastWriteTimeUtc(folder, LongAgo);
        }

        Directory.CreateDirectory(Path.Combine(_root, "dotnet", "sdk", "10.0.100"));
        WriteDotnet();
    }

    /// <summary>The environment that makes both scripts use the dotnet of this folder.</summary>
    public Dictionary<string, string?> Variables => new()
    {
        ["DOTNET_ROOT"] = Path.Combine(_root, "dotnet"),
        ["VAULT_CONFORMANCE_CACHE"] = Path.Combine(_root, "cache"),
    };

    /// <summary>What dotnet was asked for since the last look.</summary>
    public string Asked()
    {
        var log = Path.Combine(_root, "asked");
        var text = File.Exists(log) ? File.ReadAllText(log).Replace(_root, "ROOT", StringComparison.Ordinal) : string.Empty;
        File.Delete(log);
        return text;
    }

    public Task<ScriptResult> RunAsync(string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        FrontDoor.RunAsync(Path.Combine(_root, script), arguments, Variables, cancellationToken);

    /// <summary>Changes a source or a folder, later than anything that was built.</summary>
    public void Change(string source) => Directory.SetLastWriteTimeUtc(Path.Combine(_root, source), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));

    /// <summary>Lets the next build fail.</summary>
    public void BreakBuild() => File.WriteAllText(Path.Combine(_root, "broken"), string.Empty);

    /// <summary>The root as messages name it.</summary>
    public string Root => _root;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void WriteDotnet()
    {
        var text = new StringBuilder()
            .AppendLine("#!/bin/sh")
            .AppendLine($"root='{_root}'")
            .AppendLine("echo \"$@\" >>\"$root/asked\"")
            .AppendLine("case \"$1\" in")
            .AppendLine("package) echo '  NotFound https://feed/vaultsharp'; exit 1 ;;")
            .AppendLine("build) if [ -e \"$root/broken\" ]; then echo 'A.cs(1,1): error CS1002: ; expected'; exit 1; fi")
            .AppendLine($"  mkdir -p \"$(dirname \"$root/{Program}\")\"; touch \"$root/{Program}\" ;;")
            .AppendLine("*) shift; echo \"the program got: $*\"; echo 'to standard error' >&2; exit 7 ;;")
            .AppendLine("esac");
        var path = Path.Combine(_root, "dotnet", "dotnet");
        File.WriteAllText(path, text.ToString());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
