using CliWrap;

namespace VaultConformance.TestRunner;

/// <summary>The machine, as far as a browser is concerned.</summary>
internal interface IBrowserHost
{
    /// <summary>True where packages can be installed with apt.</summary>
    bool CanInstall { get; }

    /// <summary>The path of a program on <c>PATH</c>, or null.</summary>
    /// <param name="name">Its name.</param>
    string? FindOnPath(string name);

    /// <summary>Runs a program to its end and returns its exit code; 127 when it cannot be started.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    Task<int> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}

/// <summary>This machine.</summary>
/// <param name="output">Where programs that fail are quoted.</param>
/// <param name="variables">The environment.</param>
internal sealed class BrowserHost(TextWriter output, IReadOnlyDictionary<string, string> variables) : IBrowserHost
{
    private const int NotFound = 127;
    private const int QuotedLines = 12;

    /// <inheritdoc />
    public bool CanInstall => OperatingSystem.IsLinux() && Environment.UserName == "root" && FindOnPath("apt-get") is not null;

    /// <inheritdoc />
    public string? FindOnPath(string name) => variables.GetValueOrDefault("PATH", string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") })
        .FirstOrDefault(File.Exists);

    /// <inheritdoc />
    public async Task<int> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var lines = new Queue<string>();
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments(arguments)
                .WithEnvironmentVariables(new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" })
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(line => Keep(line, lines)))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => Keep(line, lines)))
                .ExecuteAsync(cancellationToken);
            Quote(result.ExitCode, lines);
            return result.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            output.WriteLine($"{program}: {exception.Message}");
            return NotFound;
        }
    }

    private void Quote(int exitCode, Queue<string> lines)
    {
        foreach (var line in exitCode == 0 ? [] : lines)
        {
            output.WriteLine($"  {line}");
        }
    }

    private static void Keep(string line, Queue<string> lines)
    {
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > QuotedLines)
            {
                lines.Dequeue();
            }
        }
    }
}
