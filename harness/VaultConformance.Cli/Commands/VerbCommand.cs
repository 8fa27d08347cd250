using System.CommandLine;

namespace VaultConformance.Cli.Commands;

/// <summary>A verb with what its help shows besides: examples, and options in groups.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does, in one or two sentences.</param>
/// <param name="examples">Command lines to copy, without the program; a comment may follow after <c>#</c>.</param>
internal sealed class VerbCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    private readonly List<OptionGroup> _groups = [];

    /// <summary>Command lines to copy.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>The groups, in the order of the help.</summary>
    public IReadOnlyList<OptionGroup> Groups => _groups;

    /// <summary>Adds options under a heading of their own.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="options">The options.</param>
    public void AddGroup(string title, params IReadOnlyList<Option> options)
    {
        _groups.Add(new OptionGroup(title, options));
        foreach (var option in options)
        {
            Add(option);
        }
    }
}

/// <summary>Options that belong together.</summary>
/// <param name="Title">Their heading.</param>
/// <param name="Options">The options.</param>
internal sealed record OptionGroup(string Title, IReadOnlyList<Option> Options);
