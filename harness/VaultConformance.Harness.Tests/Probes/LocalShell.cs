using CliWrap;
using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>Runs exec requests in a shell of this machine, with standard input left open as in an exec session.</summary>
internal sealed class LocalShell(string program, IReadOnlyList<string> arguments, string? path) : IPodExecutor
{
    private static readonly (string Name, string Program, string[] Arguments)[] Known =
    [
        ("sh", "/bin/sh", ["-s"]),
        ("dash", "/bin/dash", ["-s"]),
        ("bash as sh", "/bin/bash", ["--posix", "-s"]),
        ("busybox", "/bin/busybox", ["ash", "-s"]),
        ("busybox", "/usr/bin/busybox", ["ash", "-s"]),
    ];

    /// <summary>Names of the shells that this machine has; <c>/bin/sh</c> at least.</summary>
    public static IEnumerable<string> Names => Known.Where(shell => File.Exists(shell.Program)).Select(shell => shell.Name).Distinct();

    /// <summary>The shell of that name.</summary>
    public static LocalShell Named(string name)
    {
        var (_, program, arguments) = Known.First(shell => shell.Name == name && File.Exists(shell.Program));
        return new LocalShell(program, arguments, path: null);
    }

    /// <summary>The same shell with no tools but those in a folder.</summary>
    public LocalShell WithPath(string folder) => new(program, arguments, folder);

    public async Task<ExecResult> ExecuteAsync(ExecRequest request, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var input = new OpenEndedStream(request.Input);
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithEnvironmentVariables(variables =>
            {
                variables.Set("HOME", "/home/vault").Set("TMPDIR", null);
                if (path is not null)
                {
                    variables.Set("PATH", path);
                }
            })
            .WithStandardInputPipe(PipeSource.FromStream(input))
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToStream(error))
            .WithValidation(CommandResultValidation.None);
        var result = await command.ExecuteAsync(cancellationToken);
        return new ExecResult(request.Target, result.ExitCode, output.ToArray(), error.ToArray());
    }

    /// <summary>Gives its bytes and then waits for ever, as exec's standard input does.</summary>
    private sealed class OpenEndedStream(ReadOnlyMemory<byte> content) : MemoryStream(content.ToArray())
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return read;
        }
    }
}
