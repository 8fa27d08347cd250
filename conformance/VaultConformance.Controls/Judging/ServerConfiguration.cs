using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Facts;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Judging;

/// <summary>A configuration text of a server, read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Document">What it says.</param>
internal sealed record ServerConfiguration(string Path, HclDocument Document)
{
    /// <summary>Reads a text.</summary>
    /// <exception cref="ControlEndedException">It cannot be read, or was withheld for that reason: the control is inconclusive.</exception>
    public static ServerConfiguration Read(ConfigText text)
    {
        if (text.Text.StartsWith($"# {ConfigMasker.Masked} withheld", StringComparison.Ordinal))
        {
            throw new ControlEndedException(Outcome.Inconclusive, $"{text.Path}: {text.Text.TrimStart('#', ' ', '*').Trim()}");
        }

        try
        {
            return new ServerConfiguration(text.Path, HclDocument.Parse(text.Text));
        }
        catch (HclSyntaxException exception)
        {
            throw new ControlEndedException(Outcome.Inconclusive, $"{text.Path} cannot be read: line {exception.Line}: {exception.Problem}");
        }
    }

    /// <summary>Reads everything that a server was started with; at least one text.</summary>
    /// <exception cref="ControlEndedException">There is none, or one cannot be read: the control is inconclusive.</exception>
    public static IReadOnlyList<ServerConfiguration> RequireLoaded(FileFacts files) => files.LoadedConfig.Count > 0
        ? [.. files.LoadedConfig.Select(Read)]
        : throw new ControlEndedException(Outcome.Inconclusive, "no configuration file that the server was started with could be read");
}
