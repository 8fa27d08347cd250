using System.CommandLine;
using System.CommandLine.Parsing;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli.Commands;

/// <summary>The options of a verb for settings, under the headings of their groups.</summary>
internal sealed class SettingOptions
{
    private readonly Dictionary<Setting, Option> _options;
    private readonly (Setting Setting, Argument<string[]> Argument)? _positional;

    /// <summary>Creates one option for each setting.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="positional">A setting that also takes values without an option; null for none.</param>
    public SettingOptions(IEnumerable<Setting> settings, (Setting Setting, Argument<string[]> Argument)? positional = null)
    {
        _options = settings.ToDictionary(setting => setting, Create);
        _positional = positional;
    }

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="judge">Knows the controls and the profiles that a value can name.</param>
    public void AddTo(VerbCommand command, IJudge judge)
    {
        foreach (var (title, settings) in Settings.HelpGroups.Where(group => group.Settings.Any(_options.ContainsKey)))
        {
            command.AddGroup(title, [.. settings.Where(_options.ContainsKey).Select(setting => _options[setting])]);
        }

        Offer(Settings.Profile, judge.Profiles.References);
        var controls = ControlNames.List(judge);
        Offer(Settings.Only, controls);
        Offer(Settings.Skip, controls);
        Offer(Settings.FailOn, ExitPlan.Words);
    }

    /// <summary>What a command line says.</summary>
    /// <param name="result">The command line.</param>
    public ISettingLayer CreateLayer(ParseResult result) => new CommandLineLayer(this, result);

    private void Offer(Setting setting, IEnumerable<string> values)
    {
        if (_options.GetValueOrDefault(setting) is { } option)
        {
            option.CompletionSources.Add([.. values]);
        }
    }

    private static Option Create(Setting setting)
    {
        string[] aliases = setting.Short is { } alias ? [alias] : [];
        return setting.Kind == SettingKind.Switch
            ? new Option<bool>(setting.Option, aliases) { Description = setting.Description }
            : new Option<string[]>(setting.Option, aliases)
            {
                Description = setting.Description, HelpName = setting.Hint, Arity = ArgumentArity.OneOrMore,
            };
    }

    private sealed class CommandLineLayer(SettingOptions options, ParseResult result) : ISettingLayer
    {
        public SettingValue? Find(Setting setting)
        {
            var values = options._options.GetValueOrDefault(setting) is { } option && result.GetResult(option) is { Implicit: false } given
                ? ListValues(option, given)
                : [];
            var further = options._positional is { } positional && positional.Setting == setting
                ? result.GetValue(positional.Argument) ?? []
                : [];
            return values.Length + further.Length > 0 ? new SettingValue([.. values, .. further], setting.Option) : null;
        }

        private static string[] ListValues(Option option, OptionResult given) => option is Option<bool> flag
            ? [given.GetValue(flag) ? "true" : "false"]
            : given.GetValue((Option<string[]>)option) ?? [];
    }
}
