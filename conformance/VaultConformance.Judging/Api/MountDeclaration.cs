namespace VaultConformance.Judging.Api;

/// <summary>Entries of a profile that declare mounts: <c>kv</c>, or <c>kv at shop/</c>.</summary>
internal static class MountDeclaration
{
    private const string At = " at ";

    /// <summary>Whether one of the entries is about a mount.</summary>
    /// <param name="declared">The entries.</param>
    /// <param name="path">Path of the mount.</param>
    /// <param name="type">Its type.</param>
    public static bool Covers(IEnumerable<string> declared, string path, string type) => declared.Any(entry =>
        entry.Split(At, 2) is [var named, .. var place]
            && named == type
            && (place.Length == 0 || place[0].TrimEnd('/') == path.TrimEnd('/')));
}
