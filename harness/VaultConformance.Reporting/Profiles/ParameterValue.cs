using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Profiles;

/// <summary>The value of one profile parameter, read as the type that the parameter has; anything else is a problem.</summary>
/// <param name="name">Name of the parameter.</param>
/// <param name="value">What is written.</param>
/// <param name="problems">Receives the problems.</param>
internal sealed partial class ParameterValue(string name, YamlValue value, ProblemList problems)
{
    /// <summary>A text that is not empty.</summary>
    public string ReadText() => AsText(value);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool ReadFlag() => ReadOneOf(("true", true), ("false", false));

    /// <summary>A whole number from 0.</summary>
    public int Count() => (int)AsNumber(value, int.MaxValue);

    /// <summary>A list of whole numbers from 0 to the largest UID.</summary>
    public IReadOnlyList<long> ReadNumbers() => [.. ReadItems().Select(item => AsNumber(item, uint.MaxValue - 1L))];

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> ReadTexts() => [.. ReadItems().Select(AsText)];

    /// <summary>A list of paths that start with <c>/</c>.</summary>
    public IReadOnlyList<string> ReadAbsolutePaths()
    {
        var paths = ReadItems().Select(item => (item.Line, Path: AsText(item))).ToList();
        foreach (var (line, path) in paths.Where(item => item.Path is not ['/', ..] and not ""))
        {
            problems.Add(line, $"'{path}' in '{name}' must be an absolute path");
        }

        return [.. paths.Select(item => item.Path)];
    }

    /// <summary>A list of mounts: a type, or a type and a path.</summary>
    public IReadOnlyList<string> ReadMounts()
    {
        var mounts = ReadItems().Select(item => (item.Line, Text: AsText(item))).ToList();
        foreach (var (line, text) in mounts.Where(item => item.Text.Length > 0 && !Mount.IsMatch(item.Text)))
        {
            problems.Add(line, $"'{text}' in '{name}' must be a type such as kv, or a type and a path such as 'kv at shop/'");
        }

        return [.. mounts.Select(item => item.Text).Where(text => Mount.IsMatch(text))];
    }

    /// <summary>A list of networks in CIDR notation that are smaller than all addresses, or a word.</summary>
    /// <param name="word">The word.</param>
    public IReadOnlyList<string> ReadNetworksOr(string word)
    {
        var networks = ReadItems().Select(item => (item.Line, Text: AsText(item))).ToList();
        foreach (var (line, text) in networks.Where(item => item.Text is not "" && item.Text != word && !IsNetwork(item.Text)))
        {
            problems.Add(line, $"'{text}' in '{name}' must be a network such as 10.1.0.0/16, smaller than all addresses, or {word}");
        }

        return [.. networks.Select(item => item.Text).Where(text => text == word || IsNetwork(text))];
    }

    /// <summary>One of the given words.</summary>
    /// <typeparam name="T">What the words stand for.</typeparam>
    /// <param name="words">The words and what they stand for.</param>
    public T ReadOneOf<T>(params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        var known = new List<string>();
        foreach (var (word, meaning) in words)
        {
            if (value is YamlText { Text: var text } && text == word)
            {
                return meaning;
            }

            known.Add(word);
        }

        problems.Add(value.Line, $"'{name}' must be {string.Join(" or ", known)}");
        return words[0].Meaning;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]+( at [^\s*+]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Mount { get; }

    private static bool IsNetwork(string text) =>
        text.Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0;

    private IReadOnlyList<YamlValue> ReadItems()
    {
        if (value is YamlList list)
        {
            return list.Items;
        }

        problems.Add(value.Line, $"'{name}' must be a list");
        return [];
    }

    private long AsNumber(YamlValue item, long maximum)
    {
        if (item is YamlText { Quoted: false, Text: var text }
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= maximum)
        {
            return number;
        }

        problems.Add(item.Line, $"'{name}' must hold whole numbers from 0 to {maximum}");
        return 0;
    }

    private string AsText(YamlValue item)
    {
        if (item is YamlText { Text: var text } && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        problems.Add(item.Line, $"'{name}' must hold texts that are not empty");
        return string.Empty;
    }
}
