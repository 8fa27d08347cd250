using System.Text.RegularExpressions;
using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>
/// Lets the addresses of the server follow its listener to https. What else asks the server in plaintext would fail against TLS, and is no
/// business of a change: where there is such a thing, TLS is not switched on at all.
/// </summary>
/// <param name="config">The configuration that is in use.</param>
/// <param name="fullName">What the chart calls its objects.</param>
internal sealed partial class ServerAddresses(string config, string fullName)
{
    private const string Plain = "http://";
    private static readonly string[] Variables = ["ADDR", "API_ADDR", "CLUSTER_ADDR", "REDIRECT_ADDR"];
    private static readonly string[][] Keys = [["server", "ha", "apiAddr"], ["server", "ha", "clusterAddr"]];
    private static readonly string[] Hooks = ["livenessProbe", "readinessProbe", "startupProbe", "preStop", "postStart"];

    // Addresses that are listened at, and those that follow the listener.
    private static readonly string[] Known = ["standalone", "ha", "extraEnvironmentVars"];
    private static readonly string[] Configs = ["server.standalone.config", "server.ha.config", "server.ha.raft.config"];

    /// <summary>The values with addresses that fit a server that speaks TLS.</summary>
    /// <param name="values">The values, with TLS switched on.</param>
    /// <exception cref="UnsafeFixException">Something else asks the server in plaintext.</exception>
    public FixMap Follow(FixMap values)
    {
        var turned = ListAddresses(values).Aggregate(values, (current, address) => current.WithAt(
            [.. address.Path], address.Value with { Text = "https://" + address.Value.Text.Trim()[Plain.Length..] }));
        if (ListItems(turned, "extraSecretEnvironmentVars").FirstOrDefault(item => IsAddress(Read(item, "envName"))) is { } hidden)
        {
            throw new UnsafeFixException(
                $"TLS cannot be switched on alone: {Read(hidden, "envName")} comes from a Secret, and has to become an https address "
                + "with it");
        }

        if (turned.Find("server") is FixMap server && FindPlain(server, "server") is { } found)
        {
            throw new UnsafeFixException(
                $"TLS cannot be switched on alone: {found.Path} asks the server in plaintext ({found.Address}), and would fail; change it "
                + "to https together with the listener");
        }

        return turned.Find("server") is FixMap whole
            && Hooks.Select(key => FindBare(whole.Find(key), $"server.{key}")).OfType<(string Path, string Address)?>()
                .FirstOrDefault() is { } bare
            ? throw new UnsafeFixException(
                $"TLS cannot be switched on alone: {bare.Path} asks {bare.Address} without https, and would fail; change it together "
                    + "with the "
                    + "listener")
            : turned;
    }

    /// <summary>What asks the server and does not follow with the change, in sentences.</summary>
    /// <param name="values">The values after the change.</param>
    public IEnumerable<string> ListOthers(FixMap values)
    {
        foreach (var (key, node) in values.Entries.Where(entry => entry.Key is not ("server" or "global")))
        {
            if (FindPlain(node, key) is { } plain)
            {
                yield return $"https at what asks the server in plaintext: {plain.Path} ({plain.Address}).";
            }
        }

        if (values.Find("server") is FixMap server
            && server.Entries.Where(entry => !Hooks.Contains(entry.Key) && !Known.Contains(entry.Key))
                .Select(entry => FindBare(entry.Value, $"server.{entry.Key}")).FirstOrDefault(found => found is not null) is { } bare)
        {
            yield return $"https at what asks the server without a scheme: {bare.Path} ({bare.Address}).";
        }
    }

    private (string Path, string Address)? FindBare(FixNode? node, string path) => node switch
    {
        FixText text => BareAddress.Matches(text.Text).Where(IsOfServer)
            .Select(match => ((string, string)?)(path, match.Value)).FirstOrDefault(),
        FixList list => list.Items.Select(item => FindBare(item, path)).FirstOrDefault(found => found is not null),
        FixMap map => map.Entries.Select(entry => FindBare(entry.Value, $"{path}.{entry.Key}")).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>The addresses that a change has turned to https, except those of the pod itself.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    public static IEnumerable<string> ListTurned(FixMap before, FixMap after) => ListAddresses(before)
        .Where(address => after.FindAt(address.Path) is FixText text && text.Text.StartsWith("https://", StringComparison.Ordinal))
        .Where(address => !Loopback.IsMatch(address.Value.Text) && !IsClusterAddress(address.Path[^1]))
        .Select(address => $"{string.Join('.', address.Path)}, '{((FixText)after.FindAt(address.Path)!).Text}'");

    private static bool IsClusterAddress(string key) => key.Contains("cluster", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(IReadOnlyList<string> Path, FixText Value)> ListAddresses(FixMap values) =>
        ((values.FindAt("server", "extraEnvironmentVars") as FixMap)?.Entries ?? [])
            .Where(entry => IsAddress(entry.Key))
            .Select(entry => (Path: (IReadOnlyList<string>)["server", "extraEnvironmentVars", entry.Key], entry.Value))
            .Concat(Keys.Select(path => (Path: (IReadOnlyList<string>)path, Value: values.FindAt(path)!)))
            .Where(address => address.Value is FixText text && text.Text.Trim().StartsWith(Plain, StringComparison.OrdinalIgnoreCase))
            .Select(address => (address.Path, (FixText)address.Value));

    /// <summary>True when a variable holds an address of the server.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsAddress(string? name) => name is not null && ChartNames.IsVariable(name, Variables);

    private (string Path, string Address)? FindPlain(FixNode node, string path) => node switch
    {
        _ when Configs.Contains(path) => null,
        FixText text => PlainAddress.Matches(text.Text).Where(IsOfServer)
            .Select(match => ((string, string)?)(path, match.Value)).FirstOrDefault(),
        FixList list => list.Items.Select(item => FindPlain(item, path)).FirstOrDefault(found => found is not null),
        FixMap map when map.Find("httpGet") is FixMap get && Read(get, "port") is "8200" or "http" && Read(get, "scheme") != "HTTPS" =>
            ($"{path}.httpGet", "port 8200 without scheme HTTPS"),
        FixMap map => map.Entries.Select(entry => FindPlain(entry.Value, $"{path}.{entry.Key}"))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private bool IsOfServer(Match match)
    {
        var (host, port) = (match.Groups["host"].Value, match.Groups["port"].Value);
        var isOwnHost = Loopback.IsMatch(match.Value) || host is "127.0.0.1" or "localhost" || host.Contains('$', StringComparison.Ordinal)
            || host.StartsWith(fullName, StringComparison.OrdinalIgnoreCase);
        return isOwnHost && (port.Contains('$', StringComparison.Ordinal) || port is "8200" || ListenerPort.Matches(config)
            .Any(listener => listener.Groups["port"].Value == port));
    }

    private static IEnumerable<FixMap> ListItems(FixMap values, string key) =>
        (values.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    private static string? Read(FixMap map, string key) => (map.Find(key) as FixText)?.Text;

    [GeneratedRegex(
        @"http://(?<host>\[[^\]\s]*\]|[^\s:/""']+):(?<port>[0-9]+|\$[({]?\w+[)}]?)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PlainAddress { get; }

    [GeneratedRegex(
        @"(?<![/\w.-])(?<host>(127\.0\.0\.1|localhost|[a-z0-9-]+(\.[a-z0-9-]+)*)):(?<port>[0-9]+)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BareAddress { get; }

    [GeneratedRegex(@"^\s*http://(127\.|localhost\b|0\.0\.0\.0|\[::1?\])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Loopback { get; }

    [GeneratedRegex(@"(?m)\baddress""?\s*[=:]\s*""[^""]*:(?<port>\d+)""", RegexOptions.CultureInvariant)]
    private static partial Regex ListenerPort { get; }
}
