using System.CommandLine;
using System.CommandLine.Parsing;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Commands;

/// <summary>The options of a verb for a set of settings.</summary>
internal sealed class SettingOptions
{
    private readonly Dictionary<Setting, Option> _options;

    /// <summary>Creates one option for each setting.</summary>
    /// <param name="settings">The settings.</param>
    public SettingOptions(IEnumerable<Setting> settings)
    {
        _options = settings.ToDictionary(setting => setting, Create);
    }

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="command">The verb.</param>
    public void AddTo(Command command)
    {
        foreach (var option in _options.Values)
        {
            command.Add(option);
        }
    }

    /// <summary>What a command line says.</summary>
    /// <param name="result">The command line.</param>
    public ISettingLayer CreateLayer(ParseResult result) => new CommandLineLayer(this, result);

    private static Option Create(Setting setting) => setting.Kind == SettingKind.Switch
        ? new Option<bool>(setting.Option) { Description = setting.Description }
        : new Option<string[]>(
            setting.Option) { Description = setting.Description, HelpName = setting.Hint, Arity = ArgumentArity.OneOrMore };

    private sealed class CommandLineLayer(SettingOptions options, ParseResult result) : ISettingLayer
    {
        public SettingValue? Find(Setting setting) =>
            options._options.GetValueOrDefault(setting) is { } option && result.GetResult(option) is { Implicit: false } given
                ? new SettingValue(ListValues(option, given), setting.Option)
                : null;

        private static string[] ListValues(Option option, OptionResult given) => option is Option<bool> flag
            ? [given.GetValue(flag) ? "true" : "false"]
            : given.GetValue((Option<string[]>)option) ?? [];
    }
}
