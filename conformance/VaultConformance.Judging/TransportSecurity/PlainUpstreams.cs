using VaultConformance.Harness.Config;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Where a server talks to seal or storage in plaintext: because an address says so, or because nothing is said and the backend's default
/// is plaintext. What answers on the loopback interface, on a socket file or on the node itself is not on a network.
/// </summary>
/// <param name="block">A block of seal, storage or registration.</param>
/// <param name="surroundings">What the server has from elsewhere.</param>
internal sealed class PlainUpstreams(HclBlock block, Surroundings surroundings)
{
    private static readonly string[] Addresses =
        ["address", "endpoint", "etcd_addr", "hosts", "auth_url", "url", "hostname", "hostlist", "server"];

    // From the configuration reference and the sources: a variable that wins over the setting.
    private static readonly Dictionary<string, (string Variable, string Setting)> Variables = new(StringComparer.OrdinalIgnoreCase)
    {
        ["etcd"] = ("ETCD_ADDR", "address"),
        ["s3"] = ("AWS_S3_ENDPOINT", "endpoint"),
        ["dynamodb"] = ("AWS_DYNAMODB_ENDPOINT", "endpoint"),
        ["couchdb"] = ("COUCHDB_ENDPOINT", "endpoint"),
        ["swift"] = ("OS_AUTH_URL", "auth_url"),
        ["alicloudoss"] = ("ALICLOUD_OSS_ENDPOINT", "endpoint"),
        ["awskms"] = ("AWS_KMS_ENDPOINT", "endpoint"),
    };

    // From the configuration reference: what turns TLS on in a backend that is without it by default.
    private static readonly Dictionary<string, Func<HclBody, bool>> SwitchesOn = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zookeeper"] = body => body.FindValue("tls_enabled")?.AsSwitch() == true,
        ["cassandra"] = body => body.FindValue("tls")?.AsSwitch() == true || IsSet(body, "pem_bundle_file") || IsSet(body, "pem_json_file"),
        ["mysql"] = body => IsSet(body, "tls_ca_file"),
        ["etcd"] = body => IsSet(body, "tls_ca_file") || (IsSet(body, "tls_cert_file") && IsSet(body, "tls_key_file")),
    };

    // Without a scheme, or whatever is set, what these do depends on their own software.
    private static readonly string[] Undecided = ["alicloudoss", "mssql", "aerospike"];

    /// <summary>What is wrong, and what cannot be told.</summary>
    public IEnumerable<UpstreamProblem> FindProblems()
    {
        var addresses = ListSettings().ToList();
        foreach (var (setting, address) in addresses.Where(item => item.Address is null))
        {
            yield return new UpstreamProblem(setting, false);
        }

        var found = addresses.Where(item => item.Address is not null)
            .SelectMany(item => Judge(item.Setting, item.Address!))
            .DistinctBy(problem => problem.IsCertain);
        foreach (var problem in found)
        {
            yield return problem;
        }

        if (addresses.Count == 0 && IsSet(block.Body, "discovery_srv"))
        {
            yield return new UpstreamProblem(
                "discovery_srv finds its servers by DNS, which decides whether they are asked with TLS", false);
        }
    }

    private IEnumerable<UpstreamProblem> Judge(string setting, string address)
    {
        var local = surroundings.IsLocal(address);
        var scheme = FindScheme(address);
        var isPlain =
            scheme == "http" ? "is plaintext" : scheme is null && SwitchesOn.TryGetValue(block.Label, out var isOn) && !isOn(block.Body)
                ? "is plaintext, because nothing turns TLS on"
                : null;
        if (local == true)
        {
            yield break;
        }

        if (isPlain is not null)
        {
            yield return new UpstreamProblem(
                $"{setting} {isPlain}{(local is null ? ", and it is not known whether it is the node itself" : string.Empty)}",
                local == false);
        }
        else if (scheme is not "https" && Undecided.Contains(block.Label, StringComparer.OrdinalIgnoreCase))
        {
            yield return new UpstreamProblem($"{setting} does not say whether TLS is spoken, and nothing else does", false);
        }
    }

    /// <summary>All addresses, those of a variable before those of the file; null for an address that is not known.</summary>
    private IEnumerable<(string Setting, string? Address)> ListSettings()
    {
        var written = block.Body.Attributes.Where(attribute => Addresses.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase));
        if (Variables.TryGetValue(block.Label, out var known) && surroundings.Find(known.Variable) is { Present: not false } variable)
        {
            var isValue = variable.Value is { } value && !value.Contains("***", StringComparison.Ordinal);
            return isValue
                ? Split(variable.Value!).Select(address => (known.Variable, (string?)address))
                : [
                    ($"whether {known.Variable} gives another address cannot be told: "
                        + $"{(variable.Present is null ? variable.Source : "its value is not known")}", null)
                ];
        }

        return written.SelectMany(attribute => ListTexts(attribute.Value)
            .SelectMany(Split)
            .Select(address => ($"{attribute.Name} (line {attribute.Line})", (string?)address)));
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> ListTexts(HclValue value) =>
        value is HclList list ? list.Items.SelectMany(ListTexts) : value.AsText() is { Length: > 0 } text ? [text] : [];

    private static string? FindScheme(string address) =>
        address.IndexOf("://", StringComparison.Ordinal) is > 0 and var end ? address[..end].ToLowerInvariant() : null;

    private static bool IsSet(HclBody body, string name) => body.FindValue(name)?.AsText() is { Length: > 0 };
}
