namespace VaultConformance.Reporting.Values;

/// <summary>A key of the Helm values, as in <see cref="Model.ControlDescriptor.ValueKeys"/>.</summary>
/// <param name="Path">The keys from the root, for example <c>server</c>, <c>ha</c>, <c>raft</c>, <c>config</c>.</param>
/// <param name="Word">What is looked for within the value; null when the value as a whole is meant.</param>
internal sealed record ValueKey(IReadOnlyList<string> Path, string? Word)
{
    /// <summary>Reads a key, for example <c>server.ha.raft.config#tls_min_version</c>.</summary>
    /// <param name="text">The key.</param>
    public static ValueKey Parse(string text)
    {
        var mark = text.IndexOf('#', StringComparison.Ordinal);
        return mark < 0 ? new ValueKey(text.Split('.'), null) : new ValueKey(text[..mark].Split('.'), text[(mark + 1)..]);
    }

    /// <summary>The key of an ancestor.</summary>
    /// <param name="length">How many keys it has.</param>
    public string GetAncestor(int length) => string.Join('.', Path.Take(length));

    /// <inheritdoc />
    public override string ToString() => Word is null ? string.Join('.', Path) : $"{string.Join('.', Path)}#{Word}";
}
