using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Whether a certificate is valid for a name, as the clients of Vault see it: they are written in Go, whose library asks for it in its own
/// way. Addresses count only among the addresses, the common name never, and a wildcard only as the whole first label.
/// </summary>
internal static class ServerNames
{
    private const string Wildcard = "*";

    /// <summary>True when one of the subject alternative names holds the name.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="name">DNS name or IP address, the latter perhaps in brackets.</param>
    public static bool Hold(X509Certificate2 certificate, string name)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        return FindAddress(name) is { } address
            ? names.SelectMany(extension => extension.EnumerateIPAddresses()).Any(candidate => Unmap(candidate).Equals(address))
            : names.SelectMany(extension => extension.EnumerateDnsNames()).Any(pattern => Matches(pattern, name));
    }

    // Names that are no host names match only as they are. A dot at the end is left out of the name that is asked for, never of that in the
    // certificate.
    private static bool Matches(string pattern, string name)
    {
        if (!IsHostName(name.EndsWith('.') ? name[..^1] : name, isPattern: false) || !IsHostName(pattern, isPattern: true))
        {
            return name is not ("" or ".") && AreSame(pattern, name);
        }

        var (wanted, given) = ((name.EndsWith('.') ? name[..^1] : name).Split('.'), pattern.Split('.'));
        return wanted.Length == given.Length
            && AreSame(string.Join('.', wanted[1..]), string.Join('.', given[1..]))
            && (given[0] == Wildcard || AreSame(given[0], wanted[0]));
    }

    private static bool IsHostName(string name, bool isPattern) =>
        name is not ("" or Wildcard)
            && name.Split('.').Index().All(label => IsLabel(label.Item) || (isPattern && label is { Index: 0, Item: Wildcard }));

    // Underscore and colon are none of a host name, but common where names are given by oneself.
    private static bool IsLabel(string label) =>
        label is [not '-', ..] && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or ':');

    private static bool AreSame(string first, string second) => first.Equals(second, StringComparison.OrdinalIgnoreCase);

    // The platform reads shorter and older ways to write an address too; here they are names.
    private static IPAddress? FindAddress(string name)
    {
        var text = name is ['[', .. var inner, ']'] ? inner : name;
        if (text.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address))
        {
            return null;
        }

        var plain = Unmap(address);
        return address.AddressFamily == AddressFamily.InterNetworkV6 || plain.ToString() == text ? plain : null;
    }

    private static IPAddress Unmap(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
