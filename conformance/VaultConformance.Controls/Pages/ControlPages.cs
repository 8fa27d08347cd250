using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Pages;

/// <summary>What the pages <c>docs/controls/*.md</c> say about each control. It stands nowhere else.</summary>
/// <remarks>The pages are embedded as they are, so that a report and the documentation cannot differ.</remarks>
internal sealed class ControlPages
{
    private const string Prefix = "Guides/";

    private readonly Dictionary<ControlId, ControlPage> _byId;

    private ControlPages(Dictionary<ControlId, ControlPage> byId) => _byId = byId;

    /// <summary>The pages that come with the program, read once.</summary>
    public static ControlPages BuiltIn { get; } = ReadEmbedded();

    /// <summary>Reads the pages that come with the program.</summary>
    /// <exception cref="InvalidOperationException">A page lacks something; the message names every place by file and line.</exception>
    public static ControlPages ReadEmbedded()
    {
        var assembly = typeof(ControlPages).Assembly;
        return From(assembly.GetManifestResourceNames().Where(
            name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(
                name =>
                    KeyValuePair.Create($"docs/controls/{name[Prefix.Length..]}", ReadText(assembly.GetManifestResourceStream(name)!))));
    }

    /// <summary>Reads pages.</summary>
    /// <param name="texts">Their texts, by the name that problems are told with.</param>
    /// <exception cref="InvalidOperationException">A page lacks something; the message names every place by file and line.</exception>
    public static ControlPages From(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var problems = new List<string>();
        var byId = new Dictionary<ControlId, ControlPage>();
        foreach (var page in texts.SelectMany(text => new ControlPageReader(text.Key, problems).Read(text.Value)))
        {
            if (!byId.TryAdd(page.Id, page))
            {
                problems.Add($"{page.Place}: {page.Id} is already described in {byId[page.Id].Place}");
            }
        }

        foreach (var page in byId.Values.ToList())
        {
            byId[page.Id] = ResolveMending(page, byId, problems);
        }

        return problems.Count == 0
            ? new ControlPages(byId)
            : throw new InvalidOperationException(
                $"The pages of the controls are not complete:{string.Concat(problems.Select(problem => $"\n  {problem}"))}");
    }

    /// <summary>Ids of all controls that they describe.</summary>
    public IReadOnlyCollection<ControlId> Ids => _byId.Keys;

    /// <summary>What they say about a control, or null when they say nothing.</summary>
    /// <param name="id">The control.</param>
    public ControlPage? Find(ControlId id) => _byId.GetValueOrDefault(id);

    // 'values as PROC-3': the snippet of another page.
    private static ControlPage ResolveMending(ControlPage page, Dictionary<ControlId, ControlPage> byId, List<string> problems)
    {
        if (page.Mending is not { } mending)
        {
            return page;
        }

        var snippets = mending.Own.Snippets.ToList();
        foreach (var other in new[] { mending.As, mending.With }.OfType<ControlId>())
        {
            if (byId.GetValueOrDefault(other)?.Mending?.Own.Snippets is [var snippet])
            {
                snippets.Add(snippet);
            }
            else
            {
                problems.Add($"{page.Place}: {page.Id} is mended as or with {other}, which has no block '```yaml fix' of its own");
            }
        }

        return page with { Guide = page.Guide with { Mending = mending.Own with { Snippets = snippets } } };
    }

    private static string ReadText(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>What a page says about one control, as plain text.</summary>
/// <param name="Id">The control.</param>
/// <param name="Place">File and line of its heading.</param>
/// <param name="Title">The requirement in one sentence, without a full stop.</param>
/// <param name="Source">Where the requirement comes from.</param>
/// <param name="Remediation">What to change when it fails: the first paragraph of that part.</param>
/// <param name="Guide">Why it matters, and what to paste.</param>
internal sealed record ControlPage(ControlId Id, string Place, string Title, string Source, string Remediation, ControlGuide Guide)
{
    /// <summary>What mends it, as the page says it; null when that is not understood.</summary>
    public PageMending? Mending { get; init; }
}
