using System.Text;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Takes secrets out of a dump before anything is made of it. Masking what is masked already changes nothing.</summary>
internal static partial class DumpMask
{
    /// <summary>The dump without secrets.</summary>
    /// <param name="dump">The dump.</param>
    /// <param name="redact">Takes the secrets of this run out of any text.</param>
    public static PodDump Apply(PodDump dump, Func<string, string> redact) =>
        dump with { Frames =
            dump.Frames.ToDictionary(frame => frame.Key, frame => Mask(dump, frame.Key, frame.Value, redact), StringComparer.Ordinal) };

    private static DumpFrame Mask(PodDump dump, string name, DumpFrame frame, Func<string, string> redact)
    {
        if (name.EndsWith(" cmdline", StringComparison.Ordinal))
        {
            return WithItems(frame, SecretScanner.Mask([.. frame.Items.Select(redact)]));
        }

        if (name.EndsWith(" environ", StringComparison.Ordinal))
        {
            return WithItems(frame, [.. frame.Items.Select(item => redact(GetVariable(item)))]);
        }

        return WithText(
            frame, redact(Content.Match(name) is { Success: true } match && FileFactsParser.IsConfiguration(dump, match.Groups[1].Value)
                ? ConfigMasker.Mask(frame.Text)
                : frame.Text));
    }

    private static string GetVariable(string item) => item.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0
        ? $"{item[..equals]}={DeclaredVariables.Mask(item[..equals], item[(equals + 1)..])}"
        : item;

    private static DumpFrame WithItems(DumpFrame frame, IReadOnlyList<string> items) =>
        items.SequenceEqual(frame.Items)
            ? frame
            : frame with { Content = Encoding.UTF8.GetBytes(string.Concat(items.Select(item => item + '\0'))) };

    // What is no UTF-8 stays as it is, byte for byte.
    private static DumpFrame WithText(DumpFrame frame, string text) =>
        text == frame.Text ? frame : frame with { Content = Encoding.UTF8.GetBytes(text) };

    [GeneratedRegex("^content ([0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Content { get; }
}
