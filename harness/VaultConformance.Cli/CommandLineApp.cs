using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
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
    /// <summary>How command lines are parsed.</summary>
    internal static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private const string InRepository = "./run.sh";
    private const string Published = "vault-conformance";

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
        Caller = services.Repository.IsThere ? InRepository : Published;
    }

    /// <summary>The program as the user calls it.</summary>
    private string Caller { get; } = InRepository;

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="cancellationToken">Interrupts the verb.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var root = CreateRoot();
            if (arguments is [Completions.Word, ..])
            {
                return Complete(root, [.. arguments.Skip(1).SkipWhile((word, index) => index == 0 && word == "--")]);
            }

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
        var help = new HelpText(console, Caller);
        foreach (var verb in (IReadOnlyList<IVerb>)[.. verbs, new HelpVerb(help), new VersionVerb(console)])
        {
            root.Add(verb.Create());
        }

        var option = root.Options.OfType<HelpOption>().Single();
        (option.Action, option.Description) = (new HelpOptionAction(help), "Show this help.");
        root.Options.OfType<VersionOption>().Single().Description = "Show the version of the program.";
        return root;
    }

    private int Complete(RootCommand root, IReadOnlyList<string> words)
    {
        foreach (var found in new Completions(root, defaultVerb).List(words))
        {
            console.Data.WriteLine(found);
        }

        return ExitCodes.Success;
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
        [var file, ..] when IsValuesFile(file) => [defaultVerb, .. arguments],
        [var verb, "help"] => [verb, "--help"],
        _ => [.. arguments],
    };

    // 'run my.yaml' without its verb.
    private bool IsValuesFile(string word) => defaultVerb == RunVerb.Name && RunVerb.IsValuesFile(word);

    private int? RefuseUnknownVerb(RootCommand root, IReadOnlyList<string> arguments)
    {
        List<string> names = [.. root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name)];
        if (arguments is not [[not ('-' or '/'), ..] word, ..] || names.Contains(word) || IsValuesFile(word))
        {
            return null;
        }

        return Directory.Exists(word)
            ? _errors.Print(
                $"'{word}' is a folder; name the values file in it, for example '{word.TrimEnd('/')}/values.yaml'.", ExitCodes.Usage)
            : _errors.Print($"There is no verb '{word}'{Nearest.WriteHint(word, names)}. The verbs are {string.Join(", ", names)}; --help "
                + "describes them.", ExitCodes.Usage);
    }

    private int? Refuse(ParseResult result)
    {
        List<string> problems = result.Action is HelpOptionAction ? [] : [.. new UsageProblems(result).List()];
        if (problems.Count == 0)
        {
            return null;
        }

        var command = result.CommandResult.Command;
        return _errors.Print(
            $"{string.Join(' ', problems)} '{DescribePath(command)} --help' lists what there is.", ExitCodes.Usage);
    }

    private static string DescribePath(Command command) => string.Join(
        ' ',
        command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Select(parent => parent.Name).Append(command.Name));

    private sealed class HelpOptionAction(HelpText help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.Write(parseResult.CommandResult.Command);
            return ExitCodes.Success;
        }
    }
}
