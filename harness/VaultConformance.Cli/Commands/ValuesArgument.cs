using System.CommandLine;
using System.CommandLine.Parsing;

namespace VaultConformance.Cli.Commands;

/// <summary>Values files that are given without an option.</summary>
internal sealed class ValuesArgument : Argument<string[]>
{
    private readonly string _folder;

    /// <summary>Creates the argument.</summary>
    /// <param name="folder">Folder that relative paths start from.</param>
    public ValuesArgument(string folder)
        : base("values file")
    {
        _folder = folder;
        Description = "Values files under test, as with --values; merged after those.";
        Arity = ArgumentArity.ZeroOrMore;
        Validators.Add(RefuseOthers);
    }

    private void RefuseOthers(ArgumentResult result)
    {
        List<string> words = [.. result.Tokens.Select(token => token.Value)];
        // What follows an unknown option is most likely its value.
        foreach (var word in words.Where(
            word => !words.Any(other => other.StartsWith('-')) && !RunVerb.IsValuesFile(word) && !Exists(word)))
        {
            result.AddError($"'{word}' is not expected here: there is no such file, and it is not an option.");
        }
    }

    private bool Exists(string path) => Path.Exists(Path.GetFullPath(path, _folder));
}
