namespace VaultConformance.Harness.Config;

/// <summary>What stands between braces, or in the whole file: attributes and blocks, each in order, duplicates included.</summary>
/// <param name="Attributes"><c>name = value</c>, every occurrence.</param>
/// <param name="Blocks"><c>type "label" { … }</c>, every occurrence.</param>
public sealed record HclBody(IReadOnlyList<HclAttribute> Attributes, IReadOnlyList<HclBlock> Blocks)
{
    /// <summary>Every occurrence of an attribute at this level, in order.</summary>
    /// <param name="name">Name; HCL 1 folds the case of names (<c>Disable_Mlock</c> is <c>disable_mlock</c>).</param>
    public IReadOnlyList<HclAttribute> ListAttributes(string name) =>
        [.. Attributes.Where(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The value of an attribute at this level; the last one wins where it was given twice; null when absent.</summary>
    /// <param name="name">Name; its case does not matter.</param>
    public HclValue? FindValue(string name) => ListAttributes(name) is [.., var last] ? last.Value : null;

    /// <summary>
    /// The stanzas of a type, however they were written: <c>listener "tcp" { … }</c>, <c>telemetry { … }</c>,
    /// <c>"listener": {"tcp": { … }}</c>, <c>"listener": [{"tcp": { … }}]</c> or <c>listener = { tcp = { … } }</c>.
    /// </summary>
    /// <param name="type">Stanza type: <c>listener</c>, <c>storage</c>, <c>seal</c>, …</param>
    public IReadOnlyList<HclBlock> ListStanzas(string type) => HclStanzas.List(this, type);
}

/// <summary>One <c>name = value</c>.</summary>
/// <param name="Name">Name as written, without quotes.</param>
/// <param name="Value">Value.</param>
/// <param name="Line">Line of the name, counted from 1.</param>
public sealed record HclAttribute(string Name, HclValue Value, int Line);

/// <summary>One stanza.</summary>
/// <param name="Type">Its first word.</param>
/// <param name="Labels">The words between the type and the brace.</param>
/// <param name="Body">What it contains.</param>
/// <param name="Line">Line of its first word, counted from 1.</param>
public sealed record HclBlock(string Type, IReadOnlyList<string> Labels, HclBody Body, int Line)
{
    /// <summary>The first label (<c>tcp</c> in <c>listener "tcp"</c>), or an empty string.</summary>
    public string Label => Labels.Count > 0 ? Labels[0] : "";
}

/// <summary>An attribute that was given more than once at the same level; fatal for Vault from 2.0.4 on.</summary>
/// <param name="Path">Where, e.g. <c>listener "tcp" / tls_disable</c>.</param>
/// <param name="Lines">Every line on which it was given.</param>
public sealed record HclDuplicate(string Path, IReadOnlyList<int> Lines);
