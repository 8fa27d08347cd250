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
    public string? FindText(string name) => Find(name)?.Text;

    /// <summary>The text without blanks around it, or null.</summary>
    public string? FindTrimmed(string name) => FindText(name)?.Trim();

    /// <summary>A whole number, or null.</summary>
    public long? FindNumber(string name) =>
        long.TryParse(FindTrimmed(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The text of a part that must be there.</summary>
    /// <exception cref="PodDumpException">It could not be read.</exception>
    public string RequireText(string name) => FindText(name) ?? throw CreateLacking(name);

    /// <summary>A part that must be there.</summary>
    /// <exception cref="PodDumpException">It could not be read.</exception>
    public DumpFrame Require(string name) => Find(name) ?? throw CreateLacking(name);

    private PodDumpException CreateLacking(string name) => new(
        $"{Request.Target} does not show '{name}': "
        + (Frames.TryGetValue(name, out var frame) ? $"reading it ended with exit code {frame.ExitCode}" : "it was not checked")
        + ". The sandbox or the image does not offer it.");
}
