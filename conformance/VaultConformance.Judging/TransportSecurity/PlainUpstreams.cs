using System.Net;
using VaultConformance.Harness.Config;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Where a server talks to storage or registration in plaintext: because an address says so, or because nothing is said and the backend's default is
/// plaintext. What answers on the loopback interface or on a socket file is not on a network.
/// </summary>
internal static class PlainUpstreams
{
    private static readonly string[] Addresses = ["address", "endpoint", "etcd_addr", "hosts"];

    // From the configuration reference: what turns TLS on in a backend that is without it by default.
    private static readonly Dictionary<string, Func<HclBody, bool>> SwitchesOn = new(StringComparer.OrdinalIgnoreCase)
    {
        ["consul"] = IsConsulTls,
        ["zookeeper"] = body => body.Value("tls_enabled")?.AsSwitch() == true,
        ["cassandra"] = body => body.Value("tls")?.AsSwitch() == true || IsSet(body, "pem_bundle_file") || IsSet(body, "pem_json_file"),
        ["mysql"] = body => IsSet(body, "tls_ca_file"),
    };

    /// <summary>Why a block means plaintext on a network; null when it does not.</summary>
    /// <param name="block">A block of seal, storage or registration.</param>
    public static string? Of(HclBlock block)
    {
        var addresses = block.Body.Attributes.Where(attribute => Addresses.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase))
            .SelectMany(attribute => Texts(attribute.Value)
                .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Select(address => (Setting: $"{attribute.Name} (line {attribute.Line})", Address: address)))
            .Where(item => !IsLocal(item.Address)).ToList();
        if (addresses.Find(item => SchemeOf(item.Address) == "http") is { Setting: { } setting } && !(IsConsul(block) && IsConsulTls(block.Body)))
        {
            return $"{setting} is plaintext";
        }

        return addresses.Count > 0 && SwitchesOn.TryGetValue(block.Label, out var isOn) && !isOn(block.Body)
            ? $"{addresses[0].Setting} is plaintext, because nothing turns TLS on"
            : null;
    }

    private static bool IsConsul(HclBlock block) => block.Label.Equals("consul", StringComparison.OrdinalIgnoreCase);

    // scheme wins over what stands in front of the address, and without both it is http.
    private static bool IsConsulTls(HclBody body) =>
        (body.Value("scheme")?.AsText() ?? SchemeOf(body.Value("address")?.AsText() ?? string.Empty))?.Equals("https", StringComparison.OrdinalIgnoreCase) == true;

    private static IEnumerable<string> Texts(HclValue value) => value is HclList list ? list.Items.SelectMany(Texts) : value.AsText() is { Length: > 0 } text ? [text] : [];

    private static string? SchemeOf(string address) => address.IndexOf("://", StringComparison.Ordinal) is > 0 and var end ? address[..end].ToLowerInvariant() : null;

    private static bool IsLocal(string address)
    {
        if (SchemeOf(address) is "unix" || address is ['/', ..])
        {
            return true;
        }

        var rest = address[(SchemeOf(address) is { } scheme ? scheme.Length + 3 : 0)..].Split('/')[0];
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        var host = rest is ['[', ..] ? rest[1..].Split(']')[0] : rest.Count(letter => letter == ':') == 1 ? rest.Split(':')[0] : rest;
        return host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static bool IsSet(HclBody body, string name) => body.Value(name)?.AsText() is { Length: > 0 };
}
