using System.Globalization;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Host and port of URLs, also of such that hold a variable that was never expanded.</summary>
internal static class UrlHosts
{
    private const int Https = 443;

    /// <summary>The host; the whole text where none can be read, see <see cref="IsReadable"/>.</summary>
    /// <param name="url">A URL, or host and port.</param>
    public static string GetHost(string url) => TryHost(url) ?? url;

    /// <summary>True when a host can be read.</summary>
    /// <param name="url">A URL, or host and port.</param>
    public static bool IsReadable(string url) => TryHost(url) is not null;

    private static string? TryHost(string url)
    {
        var rest = GetAuthority(url);
        var end = rest.IndexOf(']', StringComparison.Ordinal);
        var host = rest.StartsWith('[')
            ? end > 0 ? rest[1..end] : string.Empty
            : rest.LastIndexOf(':') is >= 0 and var colon ? rest[..colon] : rest;
        return host.Length > 0
            && !host.Any(character => character is '[' or ']' || char.IsWhiteSpace(character) || char.IsControl(character)) ? host : null;
    }

    /// <summary>The port; that of HTTPS when none is given.</summary>
    /// <param name="url">A URL, or host and port.</param>
    public static int GetPort(string url) =>
        int.TryParse(GetAuthority(url).Split(']')[^1].Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : Https;

    private static string GetAuthority(string url) =>
        url[(url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/')[0];
}
