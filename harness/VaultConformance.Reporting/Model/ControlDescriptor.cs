namespace VaultConformance.Reporting.Model;

/// <summary>What a control requires, independent of any run.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Revision">Rises whenever the meaning changes.</param>
/// <param name="Level">Level when the profile says nothing else.</param>
/// <param name="Title">The requirement in one sentence.</param>
/// <param name="Source">Where the requirement comes from.</param>
/// <param name="Remediation">What to change when it fails.</param>
/// <param name="Disruptive">True when verifying it restarts or changes the system.</param>
public sealed record ControlDescriptor(
    ControlId Id, int Revision, Requirement Level, string Title, string Source, string Remediation, bool Disruptive)
{
    /// <summary>
    /// Keys of the Helm values that decide it, the most telling first, for example <c>server.dataStorage.enabled</c>. A word after <c>#</c>
    /// is looked for within the value, be it a text of several lines, a list or a mapping: <c>server.standalone.config#tls_min_version</c>.
    /// Where a key is missing in a block that replaces the chart's own, that is told; where a word is missing, it is not. Empty where no
    /// values decide.
    /// </summary>
    public IReadOnlyList<string> ValueKeys { get; init; } = [];

    /// <summary>
    /// Members of the evidence that show why it fails, the most telling first: kind of observation and place, for example
    /// <c>processes: processes[].limits.coreFileSize</c>.
    /// </summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Its page: why it matters, and what to paste. Null where the catalogue has no pages.</summary>
    public ControlGuide? Guide { get; init; }
}

/// <summary>What the documentation of a control says, taken from its page so that both are the same.</summary>
/// <param name="Why">Why it matters: one paragraph of plain text.</param>
/// <param name="Snippets">What to paste, in the order of the page; empty when the page has none.</param>
public sealed record ControlGuide(string Why, IReadOnlyList<GuideSnippet> Snippets)
{
    /// <summary>What a run observes of it, as one phrase without its full stop; null where its page does not say so.</summary>
    internal string? Observed { get; init; }

    /// <summary>What mends it when it fails; null where its page does not say so.</summary>
    internal Mending? Mending { get; init; }

    /// <summary>Its sources that are on the web; empty when the page names none.</summary>
    public IReadOnlyList<SourceLink> Links { get; init; } = [];
}

/// <summary>A source on the web.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Address">Where it is.</param>
public sealed record SourceLink(string Title, string Address);

/// <summary>A text to paste.</summary>
/// <param name="Language">For example <c>yaml</c>.</param>
/// <param name="Text">The text.</param>
public sealed record GuideSnippet(string Language, string Text);
