using System.CommandLine;
using VaultConformance.Cli.Commands;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli;

/// <summary>The command line: finds the verb, refuses what it does not know, runs it, and turns what went wrong into a message and an exit code.</summary>
/// <param name="services">What the verbs work with.</param>
internal sealed class CommandLineApp(CliServices services)
{
    private const string DefaultVerb = "run";

    private static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="cancellationToken">Interrupts the verb.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var root = Root();
            if (UnknownVerb(root, arguments) is { } unknown)
            {
                return unknown;
            }

            var result = root.Parse(WithVerb(arguments), Parser);
            return Refuse(result) ?? await result.InvokeAsync(Invocation(), cancellationToken);
        }
        catch (Exception exception)
        {
            return services.Errors.Print(exception, cancellationToken.IsCancellationRequested);
        }
    }

    private RootCommand Root()
    {
        var root = new RootCommand("Verify that a HashiCorp Vault installation on Kubernetes really runs hardened.");
        foreach (var verb in Verbs.All(services))
        {
            root.Add(verb.Create());
        }

        return root;
    }

    private InvocationConfiguration Invocation() => new()
    {
        Output = services.Console.Out,
        Error = services.Console.Error,
        EnableDefaultExceptionHandler = false,
        // Signals are handled by Interruption, for all verbs alike.
        ProcessTerminationTimeout = null,
    };

    private static List<string> WithVerb(IReadOnlyList<string> arguments) => arguments switch
    {
        [] => [DefaultVerb],
        ["--help" or "-h" or "-?" or "/?" or "/h" or "--version", ..] => [.. arguments],
        [['-', ..], ..] => [DefaultVerb, .. arguments],
        _ => [.. arguments],
    };

    private int? UnknownVerb(RootCommand root, IReadOnlyList<string> arguments)
    {
        var verbs = root.Subcommands.Select(command => command.Name).ToList();
        return arguments is [[not ('-' or '/'), ..] word, ..] && !verbs.Contains(word)
            ? services.Errors.Print($"There is no verb '{word}'{Nearest.Hint(word, verbs)}. The verbs are {string.Join(", ", verbs)}; --help describes them.", ExitCodes.Usage)
            : null;
    }

    private int? Refuse(ParseResult result)
    {
        if (result.Errors.Count == 0)
        {
            return null;
        }

        var command = result.CommandResult.Command;
        var messages = Unknown(result, command).Concat(Others(result)).Distinct();
        return services.Errors.Print($"{string.Join(' ', messages)} '{command.Name} --help' lists what there is.", ExitCodes.Usage);
    }

    private static IEnumerable<string> Unknown(ParseResult result, Command command)
    {
        var options = result.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        // What follows an unknown option is most likely its value.
        return options.Count > 0
            ? options.Select(token => $"There is no option '{token}'{Nearest.Hint(token, command.Options.Select(option => option.Name))}.")
            : result.UnmatchedTokens.Select(token => $"'{token}' is not expected here{Nearest.Hint(token, command.Subcommands.Select(verb => verb.Name))}.");
    }

    // The parser complains about an unmatched token in its own words too.
    private static IEnumerable<string> Others(ParseResult result) => result.Errors
        .Select(error => error.Message)
        .Where(message => !result.UnmatchedTokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)));
}
