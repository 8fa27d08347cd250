using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Records;

/// <summary>What findings name, so that a reader is shown the processes, mounts or ports that they are about.</summary>
/// <param name="findings">The findings.</param>
internal sealed class FindingWords(IEnumerable<Finding> findings)
{
    private const string WithinNames = "-._";

    private readonly string _text = string.Join('\n', findings.Select(finding => $"{finding.Subject}\n{finding.Fact}\n{finding.Actual}"));

    /// <summary>True when a finding speaks of something by its name: as a whole, not as a part of a longer name.</summary>
    /// <param name="name">The name.</param>
    public bool Name(string name)
    {
        for (var at = Find(name, 0); at >= 0; at = Find(name, at + 1))
        {
            if (Ends(name, at - 1, forwards: false) && Ends(name, at + name.Length, forwards: true))
            {
                return true;
            }
        }

        return IsVersion(name) && Squeeze(_text).Contains(Squeeze(name), StringComparison.OrdinalIgnoreCase);
    }

    private int Find(string name, int from) => _text.IndexOf(name, Math.Min(from, _text.Length), StringComparison.Ordinal);

    // A path goes on with a slash; a name of anything else may stand behind one.
    private bool Ends(string name, int at, bool forwards)
    {
        if (at < 0 || at >= _text.Length)
        {
            return true;
        }

        var beside = _text[at];
        return !char.IsLetterOrDigit(beside)
            && !(WithinNames.Contains(beside, StringComparison.Ordinal) && !IsStop(at, forwards))
            && !(beside == '/' && name.StartsWith('/'));
    }

    private bool IsStop(int at, bool forwards) =>
        forwards && _text[at] == '.' && (at + 1 == _text.Length || char.IsWhiteSpace(_text[at + 1]));

    // Findings say 'TLS 1.0', evidence says Tls10.
    private static bool IsVersion(string name) => name is ['T', 'l', 's', ..] or ['S', 's', 'l', ..];

    private static string Squeeze(string text) => string.Concat(text.Where(character => character is not (' ' or '.')));
}
