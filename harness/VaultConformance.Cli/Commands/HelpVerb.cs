using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Commands;

/// <summary><c>help</c>: shows the help of the program or of a verb.</summary>
/// <param name="help">Shows it.</param>
internal sealed class HelpVerb(HelpText help) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var path = new Argument<string[]>("verb")
        {
            Description = "The verb, for example run or profile show.", Arity = ArgumentArity.ZeroOrMore,
        };
        path.CompletionSources.Add(context =>
            context.ParseResult.RootCommandResult.Command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name));
        var command = new VerbCommand("help", "Show the verbs, or the options of a verb with examples.", "help", "help run") { path };
        command.SetAction(result => Run(result.RootCommandResult.Command, result.GetValue(path) ?? []));
        return command;
    }

    private int Run(Command root, IReadOnlyList<string> path)
    {
        var command = root;
        foreach (var word in path)
        {
            var names = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).ToList();
            command = command.Subcommands.FirstOrDefault(verb => verb.Name == word)
                ?? throw new HarnessException(
                    FailureKind.Configuration,
                    $"There is no verb '{word}'{Nearest.WriteHint(word, names)}."
                        + (names.Count > 0 ? $" The verbs are {string.Join(", ", names)}." : string.Empty));
        }

        help.Write(command);
        return ExitCodes.Success;
    }
}

/// <summary><c>version</c>: shows the version of the program.</summary>
/// <param name="console">Where to show it.</param>
internal sealed class VersionVerb(CliConsole console) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var command = new VerbCommand("version", "Show the version of the program.", "version");
        command.SetAction(result => result.RootCommandResult.Command.Parse(["--version"])
            .Invoke(new InvocationConfiguration { Output = console.Data, Error = console.Error }));
        return command;
    }
}
