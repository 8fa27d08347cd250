using VaultConformance.Harness.Helm;

namespace VaultConformance.Harness.Tests.Helm;

/// <summary>A program that answers like Helm as far as a test tells it to, and remembers its arguments. Its path has a space and a quote.</summary>
internal sealed class FakeHelm : IDisposable
{
    public const string Version3 = "v3.18.4";
    public const string Version4 = "v4.0.1";
    private readonly TemporaryFolder _folder = new();

    public FakeHelm(string version = Version4)
    {
        foreach (var name in (ReadOnlySpan<string>)["calls", "answers"])
        {
            Directory.CreateDirectory(Path.Combine(Folder, name));
        }

        File.CreateSymbolicLink(Program, Path.Combine(AppContext.BaseDirectory, "Helm", "Data", "fake-helm.sh"));
        Answer("version", version);
    }

    public string Folder => Path.Combine(_folder.Path, "it's a folder");

    public string Program => Path.Combine(Folder, "helm");

    /// <summary>Arguments of all calls but those for the version, in order.</summary>
    public IReadOnlyList<string[]> Calls =>
    [
        .. Directory.GetFiles(Path.Combine(Folder, "calls")).Order(StringComparer.Ordinal)
            .Select(file => File.ReadAllText(file).Split('\0')[..^1])
            .Where(call => call is not ["version", ..]),
    ];

    /// <summary>The variables that concern Helm, as the call for the version saw them.</summary>
    public string[] EnvironmentSeen => [.. File.ReadAllLines(Path.Combine(Folder, "environment")).Order(StringComparer.Ordinal)];

    public Task<HelmClient> OpenAsync(CancellationToken cancellationToken) => HelmClient.OpenAsync(Program, Path.Combine(Folder, "home"), cancellationToken);

    /// <summary>Answers a command; <c>get values</c> and the like are written with a hyphen.</summary>
    public FakeHelm Answer(string command, string output, string error = "", int exitCode = 0)
    {
        Write($"{command}.stdout", output);
        Write($"{command}.stderr", error);
        Write($"{command}.exit", FormattableString.Invariant($"{exitCode}\n"));
        return this;
    }

    /// <summary>Answers a command by a shell script; <c>$here</c> is the folder.</summary>
    public FakeHelm Run(string command, string script)
    {
        Write($"{command}.sh", script.ReplaceLineEndings("\n") + "\n");
        return this;
    }

    public string Values(string name) => _folder.Write(name, "server: {}\n");

    public void Dispose() => _folder.Dispose();

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, "answers", name), text);
}
