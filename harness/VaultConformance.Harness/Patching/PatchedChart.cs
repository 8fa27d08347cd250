using System.Text;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>
/// A chart directory whose templates are the patched objects themselves. Installing it gives the same objects under Helm 3 and Helm 4,
/// without a post-renderer, and the release keeps chart name, versions, values, hooks and template names.
/// </summary>
internal static class PatchedChart
{
    private const string UnknownSource = "objects.yaml";

    /// <summary>Writes the chart.</summary>
    /// <param name="manifests">The patched objects, hooks included.</param>
    /// <param name="identity">What the chart is called, and its default values.</param>
    /// <param name="folder">Folder in which the chart's own folder is created; an older one of the same name is replaced.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The chart's folder.</returns>
    public static async Task<string> MaterialiseAsync(
        RenderedManifests manifests, PatchedChartIdentity identity, string folder, CancellationToken cancellationToken)
    {
        var chart = Path.Combine(folder, identity.Name);
        if (Directory.Exists(chart))
        {
            Directory.Delete(chart, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(chart, "templates"));
        await File.WriteAllTextAsync(Path.Combine(chart, "Chart.yaml"), WriteChartYaml(identity), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(chart, "values.yaml"), identity.DefaultValues, cancellationToken);
        foreach (var template in manifests.Objects.GroupBy(item => ChooseTemplateName(item.Source)))
        {
            var file = Path.Combine(chart, "templates", template.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, WriteTemplate(template), cancellationToken);
        }

        return chart;
    }

    private static string WriteChartYaml(PatchedChartIdentity identity) => ManifestYamlWriter.Write(new JsonObject
    {
        ["apiVersion"] = "v2",
        ["name"] = identity.Name,
        ["version"] = identity.Version,
        ["appVersion"] = identity.AppVersion,
        ["description"] = $"{identity.Name} {identity.Version} as rendered for one release, with patches applied",
        ["type"] = "application",
    });

    private static string WriteTemplate(IEnumerable<ManifestObject> objects)
    {
        var text = new StringBuilder();
        foreach (var item in objects)
        {
            text.Append("---\n").Append(ManifestYamlWriter.Write(item.Content));
        }

        return ToLiteral(text.ToString());
    }

    // Rendered objects may contain template syntax of another program (Vault agent, consul-template); Helm must print it, not run it.
    private static string ToLiteral(string text) => text.Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal);

    // vault/templates/a.yaml stays a.yaml; vault/charts/sub/templates/a.yaml becomes charts/sub/templates/a.yaml.
    private static string ChooseTemplateName(string? source)
    {
        var steps = source?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (steps.Length < 3 || steps.Any(step => step is "." or ".." || step.Contains('\\')))
        {
            return UnknownSource;
        }

        return Path.Combine(steps[1] == "templates" ? steps[2..] : steps[1..]);
    }
}

/// <summary>What a patched chart takes over from the chart it was rendered from.</summary>
/// <param name="Name">Chart name.</param>
/// <param name="Version">Chart version.</param>
/// <param name="AppVersion">Application version.</param>
/// <param name="DefaultValues">
/// The chart's <c>values.yaml</c>, so that <c>helm get values --all</c> shows what was rendered; may be empty.
/// </param>
internal sealed record PatchedChartIdentity(string Name, string Version, string AppVersion, string DefaultValues);
