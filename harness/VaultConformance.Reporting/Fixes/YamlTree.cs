namespace VaultConformance.Reporting.Fixes;

/// <summary>A value in a YAML text, with its place.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
internal abstract record TreeNode(int Start, int End)
{
    /// <summary>True when an alias stands for it elsewhere, so that a change would show there, too.</summary>
    public bool IsShared { get; set; }
}

/// <summary>A scalar.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="Value">What it says.</param>
/// <param name="IsBlock">True for a block of lines after <c>|</c> or <c>&gt;</c>.</param>
internal sealed record TreeText(int Start, int End, FixText Value, bool IsBlock) : TreeNode(Start, End);

/// <summary>A list.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="IsFlow">True when it is written in brackets.</param>
/// <param name="Items">Its items.</param>
internal sealed record TreeList(int Start, int End, bool IsFlow, IReadOnlyList<TreeNode> Items) : TreeNode(Start, End);

/// <summary>A mapping.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="IsFlow">True when it is written in braces.</param>
/// <param name="Entries">Its entries, those that take in other mappings included.</param>
internal sealed record TreeMap(int Start, int End, bool IsFlow, IReadOnlyList<TreeEntry> Entries) : TreeNode(Start, End)
{
    /// <summary>The entry of a key; null when there is none of its own.</summary>
    /// <param name="key">The key.</param>
    public TreeEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>An alias.</summary>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="Target">What it stands for.</param>
internal sealed record TreeAlias(int Start, int End, TreeNode Target) : TreeNode(Start, End);

/// <summary>An entry of a mapping.</summary>
/// <param name="Key">The key.</param>
/// <param name="Start">Offset of the key.</param>
/// <param name="KeyEnd">Offset behind the key.</param>
/// <param name="Value">The value.</param>
internal sealed record TreeEntry(string Key, int Start, int KeyEnd, TreeNode Value)
{
    /// <summary>Takes the entries of other mappings into this one.</summary>
    public const string MergeKey = "<<";

    /// <summary>Offset behind the entry.</summary>
    public int End => Math.Max(KeyEnd, Value.End);
}
