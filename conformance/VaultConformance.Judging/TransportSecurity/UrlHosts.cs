using System.Globalization;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Host and port of URLs, also of such that hold a variable that was never expanded.</summary>
internal static class UrlHosts
{
    private const int Https = 443;

    /// <summary>The host.</summary>
    /// <param name="url">A URL, or host and port.</param>
    public static string Host(string url)
    {
        var rest = Authority(url);
        return rest.StartsWith('[')
            ? rest[1..Math.Max(1, rest.IndexOf(']', StringComparison.Ordinal))]
            : rest.LastIndexOf(':') is > 0 and var colon ? rest[..colon] : rest;
    }

    /// <summary>The port; that of HTTPS when none is given.</summary>
    /// <param name="url">A URL, or host and port.</param>
    public static int Port(string url) =>
        int.TryParse(Authority(url).Split(']')[^1].Split(':')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : Https;

    private static string Authority(string url) => url[(url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/')[0];
}
