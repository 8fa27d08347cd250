using System.CommandLine;
using VaultConformance.Cli.Output;

namespace VaultConformance.Cli.Commands;

/// <summary>Shows the help of a verb: usage, examples, arguments, options in groups.</summary>
/// <param name="console">The console.</param>
/// <param name="program">The program as the user calls it.</param>
internal sealed class HelpText(CliConsole console, string program)
{
    private const int LogWidth = 110;
    private const int WidestName = 32;

    private int Width => console.ProseWidth ?? LogWidth;

    /// <summary>Shows it.</summary>
    /// <param name="command">The verb, or the program itself.</param>
    public void Write(Command command)
    {
        WriteProse(command.Description ?? string.Empty);
        WriteSection("Usage", [($"{program}{DescribePath(command)}{DescribeParts(command)}", string.Empty)]);
        if (command is VerbCommand verb)
        {
            WriteSection("Examples", [.. verb.Examples.Select(example => ($"{program} {example}", string.Empty))]);
        }

        WriteSection("Arguments", [.. command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => ($"<{argument.HelpName ?? argument.Name}>", argument.Description ?? string.Empty))]);
        WriteSection(
            command is RootCommand ? "Verbs" : "Commands",
            [.. command.Subcommands.Where(verb => !verb.Hidden).Select(verb => (verb.Name, verb.Description ?? string.Empty))]);
        WriteOptions(command);
        if (command is RootCommand)
        {
            WriteSection("Start here", [.. StartHere.Select(line => ($"{program}{line.Line}", line.Text))]);
            WriteProse($"'{program} VERB --help' lists the options of a verb and shows examples.");
        }
    }

    private static IReadOnlyList<(string Line, string Text)> StartHere =>
    [
        (" doctor", "Is this machine ready?"),
        ("", "Test the compliant example."),
        (" my-values.yaml", "Test your own values."),
        (" controls show TLS-1", "What a control means, and how to meet it."),
    ];

    private void WriteOptions(Command command)
    {
        IReadOnlyList<OptionGroup> groups = (command as VerbCommand)?.Groups ?? [];
        var grouped = groups.SelectMany(group => group.Options).ToHashSet();
        foreach (var group in groups)
        {
            WriteSection(group.Title, [.. group.Options.Select(Describe)]);
        }

        var others = command.Options.Where(option => !option.Hidden && !grouped.Contains(option)).Select(Describe);
        WriteSection(groups.Count > 0 ? "Other options" : "Options", [.. others, .. command is RootCommand ? [] : Help]);
    }

    private static IReadOnlyList<(string, string)> Help => [("-h, --help", "Show this help.")];

    private static (string, string) Describe(Option option)
    {
        var names = option.Aliases.Where(alias => alias.StartsWith('-') && alias != "-?").Append(option.Name).OrderBy(name => name.Length);
        var value = option.ValueType == typeof(bool) || option.HelpName is null ? string.Empty : $" <{option.HelpName}>";
        return (string.Join(", ", names) + value, option.Description ?? string.Empty);
    }

    private static string DescribePath(Command command) =>
        command is RootCommand ? string.Empty : $"{string.Concat(command.Parents.OfType<Command>().Select(DescribePath))} {command.Name}";

    private static string DescribeParts(Command command)
    {
        var isNeeded = command.Action is null && command is not RootCommand;
        var verb = command.Subcommands.Count == 0 ? string.Empty : isNeeded ? " COMMAND" : " [COMMAND]";
        var arguments = command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
        {
            var many = argument.Arity.MaximumNumberOfValues > 1 ? " ..." : string.Empty;
            var name = $"<{argument.HelpName ?? argument.Name}>{many}";
            return argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
        });
        return verb + string.Concat(arguments) + " [options]";
    }

    private void WriteSection(string title, IReadOnlyList<(string Name, string Text)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        console.Out.WriteLine($"{title}:");
        var column = Math.Min(rows.Max(row => row.Name.Length), Math.Min(WidestName, Width / 2)) + 4;
        foreach (var (name, text) in rows)
        {
            WriteRow(name, text, column);
        }

        console.Out.WriteLine();
    }

    private void WriteRow(string name, string text, int column)
    {
        var lines = text.Length == 0 ? [] : LineWrap.Break(text, Width - column, indent: 0).ToList();
        if (name.Length + 4 > column || lines.Count == 0)
        {
            console.Out.WriteLine($"  {name}");
        }
        else
        {
            console.Out.WriteLine($"  {name}".PadRight(column) + lines[0]);
            lines.RemoveAt(0);
        }

        lines.ForEach(line => console.Out.WriteLine(new string(' ', column) + line));
    }

    private void WriteProse(string text)
    {
        foreach (var line in LineWrap.Break(text, Width, indent: 0))
        {
            console.Out.WriteLine(line);
        }

        console.Out.WriteLine();
    }
}
