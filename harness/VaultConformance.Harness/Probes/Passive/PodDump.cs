using System.Globalization;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Everything that one exec gathered from a container.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Frames">The parts by name.</param>
internal sealed record PodDump(DumpRequest Request, IReadOnlyDictionary<string, DumpFrame> Frames)
{
    /// <summary>A part whose command succeeded, or null.</summary>
    public DumpFrame? Find(string name) => Frames.TryGetValue(name, out var frame) && frame.ExitCode == 0 ? frame : null;

    /// <summary>The text of a part whose command succeeded, or null.</summary>
    public string? Text(string name) => Find(name)?.Text;

    /// <summary>The text without blanks around it, or null.</summary>
    public string? Trimmed(string name) => Text(name)?.Trim();

    /// <summary>A whole number, or null.</summary>
    public long? Number(string name) =>
        long.TryParse(Trimmed(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The text of a part that must be there.</summary>
    /// <exception cref="PodDumpException">It could not be read.</exception>
    public string RequireText(string name) => Text(name) ?? throw Lacking(name);

    /// <summary>A part that must be there.</summary>
    /// <exception cref="PodDumpException">It could not be read.</exception>
    public DumpFrame Require(string name) => Find(name) ?? throw Lacking(name);

    private PodDumpException Lacking(string name) => new(
        $"{Request.Target} does not show '{name}': "
        + (Frames.TryGetValue(name, out var frame) ? $"reading it ended with exit code {frame.ExitCode}" : "it was not looked at")
        + ". The sandbox or the image does not offer it.");
}
