using System.Globalization;
using System.Text.RegularExpressions;
using VaultConformance.Harness;

namespace VaultConformance.OfflineKit.Engine;

/// <summary>Where this machine gets Debian packages from, read from its own apt configuration.</summary>
/// <param name="Uri">The archive's address, with its final slash.</param>
/// <param name="Keyring">File that holds the keys it is signed with.</param>
internal sealed partial record DebianArchive(string Uri, string Keyring)
{
    /// <summary>Names the archive where apt does not, for example on Ubuntu.</summary>
    public const string Variable = "VAULT_CONFORMANCE_DEBIAN_ARCHIVE";

    /// <summary>The key file of every Debian machine; on others it comes with the package <c>debian-archive-keyring</c>.</summary>
    public const string DefaultKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /// <summary>What <c>apt-get indextargets --format</c> must print for <see cref="Find"/>.</summary>
    public const string Format = "$(REPO_URI)|$(LABEL)|$(COMPONENT)|$(SOURCESENTRY)";

    /// <summary>Picks Debian's main archive from the targets that apt listed.</summary>
    /// <param name="targets">One target a line, in <see cref="Format"/>.</param>
    /// <param name="readSource">Reads a sources file.</param>
    /// <returns>The archive, or <see langword="null"/> when apt knows none.</returns>
    public static DebianArchive? Find(string targets, Func<string, string> readSource)
    {
        var fields = targets.Split('\n').Select(line => line.Trim().Split('|')).FirstOrDefault(IsMainArchive);
        return fields is null ? null : new DebianArchive(fields[0], FindKeyring(fields[3], readSource));
    }

    public static async Task<DebianArchive> FromThisMachineAsync(
        IHostCommands commands, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        if (environment(Variable) is { Length: > 0 } chosen)
        {
            return new DebianArchive(chosen.TrimEnd('/') + '/', DefaultKeyring);
        }

        var targets = await commands.RunAsync(
            new HostCommand("apt-get", "indextargets", "--format", Format, "Created-By: Packages"), cancellationToken);
        return Find(targets.Output, File.ReadAllText) ?? throw new HarnessException(
            FailureKind.Environment,
            "This machine's apt configuration names no Debian archive; it lists: "
                + $"{LastLines.Take(targets.Output + targets.Error)}{Environment.NewLine}"
            + $"Set {Variable} to the address of one (for example that of your mirror, ending in /debian/).");
    }

    // Without package lists apt knows no labels; then the address must speak for itself.
    private static bool IsMainArchive(string[] fields) =>
        fields is [_, _, "main", _] && (fields[1] == "Debian"
            || (fields[1].StartsWith('$') && fields[0].TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal)));

    private static string FindKeyring(string sourcesEntry, Func<string, string> readSource)
    {
        var (file, entry) = sourcesEntry.LastIndexOf(':') is var colon and > 0
            ? (sourcesEntry[..colon], sourcesEntry[(colon + 1)..])
            : (sourcesEntry, "1");
        if (!file.StartsWith('/'))
        {
            return DefaultKeyring;
        }

        var separator = file.EndsWith(".sources", StringComparison.Ordinal) ? BlankLine : LineEnd;
        var match = SignedBy.Match(GetNth(separator.Split(readSource(file).Trim()), int.Parse(entry, CultureInfo.InvariantCulture)));
        return match.Success ? match.Groups["path"].Value : DefaultKeyring;
    }

    // apt counts the stanzas of a .sources file and the lines of a .list file; a number out of range means the whole file.
    private static string GetNth(string[] entries, int number) =>
        number >= 1 && number <= entries.Length ? entries[number - 1] : string.Join('\n', entries);

    [GeneratedRegex(@"signed-by\s*[:=]\s*(?<path>/[^\s,\]]+)", RegexOptions.IgnoreCase)]
    private static partial Regex SignedBy { get; }

    [GeneratedRegex(@"\n")]
    private static partial Regex LineEnd { get; }

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex BlankLine { get; }
}
