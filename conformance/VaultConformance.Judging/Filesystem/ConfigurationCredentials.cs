using VaultConformance.Harness.Config;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Credentials in a server configuration.</summary>
internal static class ConfigurationCredentials
{
    /// <summary>Every credential, and what may be one: block, setting and line.</summary>
    /// <param name="root">The configuration.</param>
    public static IEnumerable<(string Place, CredentialTrace Trace)> Find(HclBody root) => FindIn(root, [], string.Empty);

    private static IEnumerable<(string Place, CredentialTrace Trace)> FindIn(HclBody body, IReadOnlyList<string> path, string title) =>
        body.Attributes
            .SelectMany(attribute => FindIn(attribute, path, title))
            .Concat(body.Blocks.SelectMany(block =>
                FindIn(
                    block.Body,
                    [.. path, block.Type.ToLowerInvariant(), .. block.Labels.Select(label => label.ToLowerInvariant())],
                    title.Length > 0 ? title : $"{block.Type} {block.Label}: ")));

    private static IEnumerable<(string Place, CredentialTrace Trace)> FindIn(
        HclAttribute attribute, IReadOnlyList<string> path, string title)
    {
        var trace = ListTexts(attribute.Value)
            .SelectMany(
                text => new[] { Credentials.TraceInSetting(path, attribute.Name, text), Credentials.Trace(SecretScanner.Mask(text)) })
            .DefaultIfEmpty()
            .Max();
        if (trace != CredentialTrace.None)
        {
            yield return ($"{title}{attribute.Name} (line {attribute.Line})", trace);
        }

        foreach (var found in ListObjects(attribute.Value).SelectMany(inner =>
            FindIn(inner.Body, [.. path, attribute.Name.ToLowerInvariant()], title.Length > 0 ? title : DescribeTitle(attribute, inner))))
        {
            yield return found;
        }
    }

    // "seal": {"transit": {…}} has its label one level down.
    private static string DescribeTitle(HclAttribute attribute, HclObject inner) =>
        inner.Body.Attributes is [{ Value: HclObject or HclList } label] ? $"{attribute.Name} {label.Name}: " : $"{attribute.Name}: ";

    private static IEnumerable<string> ListTexts(HclValue value) => value switch
    {
        HclList list => list.Items.SelectMany(ListTexts),
        HclObject or HclBool => [],
        _ => value.AsText() is { } text ? [text] : [],
    };

    private static IEnumerable<HclObject> ListObjects(HclValue value) => value switch
    {
        HclObject single => [single],
        HclList list => list.Items.SelectMany(ListObjects),
        _ => [],
    };
}
