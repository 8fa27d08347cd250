using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Shell;
using k8s.Models;

namespace VaultConformance.Judging.Declared;

/// <summary>How a container is declared to start its server.</summary>
/// <param name="Words">The command line of the server; only its program where it is not known.</param>
/// <param name="Copies">Files that the start script copies before: from where, by where to.</param>
internal sealed partial record DeclaredStart(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Copies)
{
    private const string Copy = "cp";
    private static readonly string[] Shells = ["sh", "ash", "bash", "dash"];

    /// <summary>Reads a container; a shell's <c>-c</c> text is looked into, and nothing is evaluated.</summary>
    /// <param name="container">The server container.</param>
    public static DeclaredStart From(V1Container container)
    {
        ArgumentNullException.ThrowIfNull(container);
        var program = (ServerProduct.FromContainer(container.Name) ?? ServerProduct.Default).Program;
        List<string> words = [.. container.Command ?? [], .. container.Args ?? []];
        if (FindScript(words) is not { } script)
        {
            // The entrypoint of the image puts the program before a verb.
            return new DeclaredStart(FindServer([words, [program, .. words]]) ?? [program], new Dictionary<string, string>());
        }

        List<IReadOnlyList<string>> commands =
        [
            .. ShellReader.Read(Expand(script)).Commands
                .Select(command => (IReadOnlyList<string>)[.. command.Words.Select(word => word.Text)]),
        ];
        var copies = commands.Where(command => command is [Copy, _, _])
            .GroupBy(command => command[2], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);
        return new DeclaredStart(FindServer(commands) ?? [program], copies);
    }

    // Variables that the script gives one literal value, and no other, are that value.
    private static string Expand(string script) => Assignment.Matches(script)
        .GroupBy(match => match.Groups["name"].Value, StringComparer.Ordinal)
        .Where(group => group.Count() == 1)
        .Aggregate(script, (text, group) => Regex.Replace(
            text,
            $@"\$(\{{{group.Key}\}}|{group.Key}(?![A-Za-z0-9_]))",
            group.Single().Groups["value"].Value,
            RegexOptions.CultureInvariant));

    [GeneratedRegex(@"(?<=^|[;&]\s*)\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?<value>[A-Za-z0-9_./:-]+)[ \t]*(?=$|;|\r|\n)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment { get; }

    private static string? FindScript(List<string> words)
    {
        if (words is not [var shell, ..] || !Shells.Contains(shell.Split('/')[^1]))
        {
            return null;
        }

        var flag =
            words.FindIndex(1, word => word.StartsWith('-') && !word.StartsWith("--", StringComparison.Ordinal) && word.EndsWith('c'));
        return flag >= 0 && flag + 1 < words.Count ? words[flag + 1] : null;
    }

    private static IReadOnlyList<string>? FindServer(IEnumerable<IReadOnlyList<string>> commands) => commands
        .SelectMany(command => Enumerable.Range(0, command.Count).Select(at => (IReadOnlyList<string>)[.. command.Skip(at)]))
        .FirstOrDefault(words => CreateProcess(words).IsVaultServer);

    /// <summary>
    /// A process that is declared. It has no number, because nobody has started it, and what is not declared is not known.
    /// </summary>
    /// <param name="words">Its command line.</param>
    public static ProcessFacts CreateProcess(IReadOnlyList<string> words) => new(
        0, 0, words[0].Split('/')[^1], words, string.Empty, null, [], [], [], null, new CapabilityMasks(0, 0, 0, 0, 0), new SignalMasks(
            null, null, null), new ProcessMemory(null, null, null), null, null, null, null, null, null, null, null);
}
