using System.CommandLine;
using VaultConformance.Cli.Commands;
using VaultConformance.Cli.Output;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli;

/// <summary>
/// The command line: finds the verb, refuses what it does not know, runs it, and turns what went wrong into a message and an exit code.
/// </summary>
/// <param name="console">Where it talks.</param>
/// <param name="description">What the program is for.</param>
/// <param name="defaultVerb">The verb when none is given.</param>
/// <param name="verbs">All verbs, in the order of the help.</param>
internal sealed class CommandLineApp(CliConsole console, string description, string defaultVerb, IReadOnlyList<IVerb> verbs)
{
    private static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private readonly ErrorPrinter _errors = new(console.Error);

    /// <summary>The command line of this program.</summary>
    /// <param name="services">What its verbs work with.</param>
    public CommandLineApp(CliServices services)
        : this(
            services.Console,
            "Verify that a HashiCorp Vault installation on Kubernetes really runs hardened.",
            "run",
            Verbs.CreateAll(services))
    {
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="cancellationToken">Interrupts the verb.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var root = CreateRoot();
            if (RefuseUnknownVerb(root, arguments) is { } unknown)
            {
                return unknown;
            }

            var result = root.Parse(WithVerb(arguments), Parser);
            return Refuse(result) ?? await result.InvokeAsync(CreateInvocation(), cancellationToken);
        }
        catch (Exception exception)
        {
            return _errors.Print(exception, cancellationToken.IsCancellationRequested);
        }
    }

    private RootCommand CreateRoot()
    {
        var root = new RootCommand(description);
        foreach (var verb in verbs)
        {
            root.Add(verb.Create());
        }

        return root;
    }

    private InvocationConfiguration CreateInvocation() => new()
    {
        Output = console.Out,
        Error = console.Error,
        EnableDefaultExceptionHandler = false,
        // Signals are handled by Interruption, for all verbs alike.
        ProcessTerminationTimeout = null,
    };

    private List<string> WithVerb(IReadOnlyList<string> arguments) => arguments switch
    {
        [] => [defaultVerb],
        ["--help" or "-h" or "-?" or "/?" or "/h" or "--version", ..] => [.. arguments],
        [['-', ..], ..] => [defaultVerb, .. arguments],
        _ => [.. arguments],
    };

    private int? RefuseUnknownVerb(RootCommand root, IReadOnlyList<string> arguments)
    {
        var names = root.Subcommands.Select(command => command.Name).ToList();
        return arguments is [[not ('-' or '/'), ..] word, ..] && !names.Contains(word)
            ? _errors.Print($"There is no verb '{word}'{Nearest.WriteHint(word, names)}. The verbs are {string.Join(", ", names)}; --help "
                + "describes them.", ExitCodes.Usage)
            : null;
    }

    private int? Refuse(ParseResult result)
    {
        if (result.Errors.Count == 0)
        {
            return null;
        }

        var command = result.CommandResult.Command;
        var messages = ListUnknown(result, command).Concat(ListOthers(result)).Distinct();
        return _errors.Print($"{string.Join(' ', messages)} '{command.Name} --help' lists what there is.", ExitCodes.Usage);
    }

    private static IEnumerable<string> ListUnknown(ParseResult result, Command command)
    {
        var options = result.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        // What follows an unknown option is most likely its value.
        return options.Count > 0
            ? options.Select(
                token => $"There is no option '{token}'{Nearest.WriteHint(token, command.Options.Select(option => option.Name))}.")
            : result.UnmatchedTokens.Select(
                token => $"'{token}' is not expected here{Nearest.WriteHint(token, command.Subcommands.Select(verb => verb.Name))}.");
    }

    // The parser complains about an unmatched token in its own words too.
    private static IEnumerable<string> ListOthers(ParseResult result) => result.Errors
        .Select(error => error.Message)
        .Where(message => !result.UnmatchedTokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)));
}
