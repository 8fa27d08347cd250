using System.ComponentModel;
using CliWrap;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault.Setup;

/// <summary>
/// Runs programs that configure a server. They reach it through a port on loopback, and find out how in their environment: a token has no
/// place on a command line, which everybody on the machine can read.
/// </summary>
/// <param name="access">How the server is reached.</param>
/// <param name="folder">Private folder for the certificate of the authority.</param>
/// <param name="limit">Longest time of a program.</param>
/// <param name="redactor">Takes secrets out of what a program prints.</param>
internal sealed class SetupPrograms(SetupAccess access, string folder, TimeSpan limit, SecretRedactor redactor)
{
    private const int ShownLines = 10;
    private static readonly string[] Prefixes = [.. ServerProduct.All.Select(product => product.VariablePrefix)];

    /// <summary>Runs one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="server">The server that it configures.</param>
    /// <param name="token">Its token.</param>
    /// <param name="cancellationToken">Ends it: first gently, then by force.</param>
    /// <exception cref="HarnessException">It could not be started, did not end in time, or ended with a code other than 0.</exception>
    public async Task<SetupStepFacts> RunAsync(
        SetupStep.Program program, ServerConnection server, SecretText token, CancellationToken cancellationToken)
    {
        await using var forward = new LocalPortForward(stop => access.Connect(server.Pod, stop));
        var output = new ProgramOutput(redactor);
        var command = Cli.Wrap(program.Path)
            .WithEnvironmentVariables(await DescribeServerAsync(server.Address.Scheme, forward.EndPoint.Port, token, cancellationToken))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(output.OpenStream()))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(output.OpenStream()))
            .WithValidation(CommandResultValidation.None);
        var exitCode = await ExecuteAsync(command, program, output, cancellationToken);
        return exitCode == 0
            ? new SetupStepFacts(program.Name, program.Sha256, SetupStepFacts.Program, 0, exitCode, output.Copy())
            : throw Fail(program, $"ended with exit code {exitCode}", output, forward.Problems);
    }

    private async Task<int> ExecuteAsync(
        Command command, SetupStep.Program program, ProgramOutput output, CancellationToken cancellationToken)
    {
        using var either = new TimeLimit(limit, TimeProvider.System, cancellationToken);
        using var force = new CancellationTokenSource();
        await using var forceLater = either.Token.Register(() => force.CancelAfter(TimeSpan.FromSeconds(3)));
        try
        {
            return (await command.ExecuteAsync(force.Token, either.Token)).ExitCode;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Fail(program, $"did not end within {limit:c} and was ended; a longer --timeout gives it more time", output, []);
        }
        catch (Win32Exception exception)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"Setup '{program.Name}' could not be started: {exception.Message.TrimEnd('.')}. Check its first line (#!) and its rights.",
                exception);
        }
    }

    private static HarnessException Fail(
        SetupStep.Program program, string what, ProgramOutput output, IReadOnlyCollection<string> problems)
    {
        var last = output.Copy().TakeLast(ShownLines).ToList();
        var said = last.Count == 0 ? "It printed nothing." : $"Its last lines: {string.Join(" | ", last)}";
        var connection = problems.Count == 0 ? string.Empty : $" Connections to the server failed: {problems.First().TrimEnd('.')}.";
        return new HarnessException(
            FailureKind.Environment,
            $"Setup '{program.Name}' {what}. {said}{connection} Correct the program; it can be tried by itself with "
                + $"{string.Join(", ", Names.Select(name => ServerProduct.Default.VariablePrefix + name))} set.");
    }

    private static readonly string[] Names = ["ADDR", "TOKEN", "CACERT"];

    // What the user's own environment says of another server must not reach this one.
    private async Task<Dictionary<string, string?>> DescribeServerAsync(
        string scheme, int port, SecretText token, CancellationToken cancellationToken)
    {
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                && !name.StartsWith("VAULT_CONFORMANCE_", StringComparison.Ordinal))
            .ToDictionary(name => name, string? (_) => null);
        Directory.CreateDirectory(folder);
        var authority = Path.Combine(folder, "setup-ca.pem");
        await File.WriteAllTextAsync(authority, access.AuthorityPem, cancellationToken);
        foreach (var product in ServerProduct.All)
        {
            variables[product.VariablePrefix + "ADDR"] = $"{scheme}://127.0.0.1:{port}";
            variables[product.VariablePrefix + "TOKEN"] = token.Reveal();
            variables[product.VariablePrefix + "CACERT"] = scheme == Uri.UriSchemeHttps ? authority : null;
            variables[product.VariablePrefix + "NAMESPACE"] = string.Empty;
        }

        return variables;
    }
}

/// <summary>How a server is reached from this machine.</summary>
/// <param name="Connect">Opens a byte stream to the API of a pod.</param>
/// <param name="AuthorityPem">Certificate of the authority that issued the servers' certificates, PEM.</param>
internal sealed record SetupAccess(Func<string, CancellationToken, Task<Stream>> Connect, string AuthorityPem);
