using System.CommandLine;
using System.CommandLine.Parsing;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli;

/// <summary>What is wrong with a command line, in sentences.</summary>
/// <param name="result">The command line.</param>
internal sealed class UsageProblems(ParseResult result)
{
    private readonly Command _command = result.CommandResult.Command;

    /// <summary>The sentences.</summary>
    public IEnumerable<string> List()
    {
        List<string> swallowed = [.. ListSwallowed()];
        return swallowed.Count > 0 ? swallowed : ListUnknown().Concat(ListIncomplete()).Concat(ListOthers()).Distinct();
    }

    // The parser takes '--output' for the value of '--values' when none stands between them.
    private IEnumerable<string> ListSwallowed() => result.CommandResult.Children.OfType<OptionResult>()
        .Where(option => IsGivenWithoutValue(option)
            || option.Tokens.Any(token => _command.Options.Any(known => known.Name == token.Value || known.Aliases.Contains(token.Value))))
        .Select(option => DescribeMissing(option.Option));

    // Given twice, and once without a value.
    private static bool IsGivenWithoutValue(OptionResult option) =>
        option.Option.Arity.MinimumNumberOfValues > 0 && option.Tokens.Count > 0 && option.IdentifierTokenCount > option.Tokens.Count;

    private static string DescribeMissing(Option option) => $"{option.Name} needs a value: <{option.HelpName ?? "value"}>.";

    private IEnumerable<string> ListUnknown()
    {
        List<string> options = [.. result.UnmatchedTokens.Concat(ListArguments()).Where(token => token.StartsWith('-'))];
        // What follows an unknown option is most likely its value.
        return options.Count > 0
            ? options.Select(
                token => $"There is no option '{token}'{Nearest.WriteHint(token, _command.Options.Select(option => option.Name))}.")
            : result.UnmatchedTokens.Select(
                token => $"'{token}' is not expected here{Nearest.WriteHint(token, _command.Subcommands.Select(verb => verb.Name))}.");
    }

    // What a verb takes without an option may be a misspelt one, unless '--' ends the options.
    private IEnumerable<string> ListArguments() => result.Tokens.Any(token => token.Type == TokenType.DoubleDash)
        ? []
        : result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);

    private IEnumerable<string> ListIncomplete()
    {
        foreach (var symbol in Incomplete.Select(error => error.SymbolResult))
        {
            switch (symbol)
            {
                case OptionResult option:
                    yield return DescribeMissing(option.Option);
                    break;
                case ArgumentResult argument:
                    yield return $"'{_command.Name}' needs <{argument.Argument.Name}>: {argument.Argument.Description}";
                    break;
                case CommandResult:
                    yield return $"'{_command.Name}' needs one of: {string.Join(", ", _command.Subcommands.Select(verb => verb.Name))}.";
                    break;
            }
        }
    }

    // The parser's own words for them begin with "Required".
    private IEnumerable<ParseError> Incomplete =>
        result.Errors.Where(error => error.Message.StartsWith("Required ", StringComparison.Ordinal));

    // The parser complains about an unmatched token in its own words too.
    private IEnumerable<string> ListOthers() => result.Errors
        .Except(Incomplete)
        .Select(error => error.Message)
        .Where(message => !result.UnmatchedTokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)));
}
