using System.Text;
using CliWrap;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>A program to run on this machine. Arguments must not hold secrets.</summary>
/// <param name="Program">Name or path.</param>
/// <param name="Arguments">Passed as they are; no shell reads them.</param>
internal sealed record HostCommand(string Program, params IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Everything the program prints is appended here, in the order it is printed.</summary>
    public string? LogFile { get; init; }

    public override string ToString() => string.Join(' ', [Program, .. Arguments]);
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Zero for success.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record HostCommandResult(int ExitCode, string Output, string Error)
{
    public const int NotFound = 127;

    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs programs on this machine.</summary>
internal interface IHostCommands
{
    /// <summary>Runs a program to its end; a missing program yields <see cref="HostCommandResult.NotFound"/>.</summary>
    Task<HostCommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken);
}

/// <summary>Runs programs as child processes; cancelling ends the whole tree.</summary>
internal sealed class HostCommands : IHostCommands
{
    public async Task<HostCommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        await using var log = command.LogFile is { } file
            ? TextWriter.Synchronized(new StreamWriter(file, append: true) { AutoFlush = true })
            : TextWriter.Null;
        try
        {
            var result = await CliWrap.Cli.Wrap(command.Program)
                .WithArguments(command.Arguments)
                .WithEnvironmentVariables(command.Environment)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(line => Keep(line, output, log)))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => Keep(line, error, log)))
                .ExecuteAsync(cancellationToken);
            return new HostCommandResult(result.ExitCode, output.ToString(), error.ToString());
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return new HostCommandResult(HostCommandResult.NotFound, "", exception.Message);
        }
    }

    private static void Keep(string line, StringBuilder text, TextWriter log)
    {
        text.Append(line).Append('\n');
        log.WriteLine(line);
    }
}
