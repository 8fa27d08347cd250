using System.Text.RegularExpressions;

namespace VaultConformance.Runs.Plan;

/// <summary>Names of container images.</summary>
internal static partial class ImageName
{
    /// <summary>The image that a setting names, or null.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="problems">Receives the problems.</param>
    public static string? Read(PlanReader reader, Setting setting, PlanProblems problems)
    {
        if (reader.ReadSingle(setting) is not { } image)
        {
            return null;
        }

        if (!Form.IsMatch(image))
        {
            problems.Add(
                reader.DescribeOrigin(setting),
                $"'{image}' is not an image name; write for example registry.example/vault:1.21.4 or vault@sha256:…");
        }

        return image;
    }

    [GeneratedRegex(
        "^(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
