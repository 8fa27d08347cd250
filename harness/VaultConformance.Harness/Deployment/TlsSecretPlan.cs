using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Deployment;

/// <summary>A TLS Secret that the values expect to exist before the chart is installed.</summary>
/// <param name="Name">Name of the Secret.</param>
/// <param name="Certificates">Keys that must hold the server certificate with its chain.</param>
/// <param name="PrivateKeys">Keys that must hold the private key.</param>
/// <param name="Authorities">Keys that must hold the CA.</param>
internal sealed record TlsSecretPlan(
    string Name, IReadOnlySet<string> Certificates, IReadOnlySet<string> PrivateKeys, IReadOnlySet<string> Authorities);

/// <summary>
/// Finds out from the rendered objects which TLS Secrets the values expect: a Secret volume that the chart does not render itself, and file
/// names below its mount that the configuration uses as certificate, key or CA.
/// </summary>
internal static partial class TlsSecretPlanner
{
    private static readonly string[] CertificateSettings =
        ["tls_cert_file", "leader_client_cert_file", .. ServerProduct.ListVariables("CLIENT_CERT")];
    private static readonly string[] KeySettings = ["tls_key_file", "leader_client_key_file", .. ServerProduct.ListVariables("CLIENT_KEY")];
    private static readonly IReadOnlyList<string> FileVariables = ServerProduct.ListVariables("CACERT", "CLIENT_CERT", "CLIENT_KEY");

    /// <summary>The Secrets to make, by name.</summary>
    internal static IReadOnlyList<TlsSecretPlan> Plan(RenderedRelease release)
    {
        var rendered = release.ListKind("Secret").Select(RenderedRelease.GetName).ToHashSet();
        var settings = ListSettings(release).ToList();
        return
        [
            .. ListMounts(release)
                .Where(mount => !rendered.Contains(mount.Secret))
                .GroupBy(mount => mount.Secret, StringComparer.Ordinal)
                .Select(group => PlanOf(group.Key, [.. group], settings))
                .OfType<TlsSecretPlan>()
                .OrderBy(plan => plan.Name, StringComparer.Ordinal),
        ];
    }

    private static TlsSecretPlan? PlanOf(string secret, IReadOnlyList<SecretMount> mounts, IReadOnlyList<FileSetting> settings)
    {
        var used = settings
            .SelectMany(setting => mounts.Select(mount => (setting.Name, Key: mount.FindKey(setting.Path))))
            .Where(use => use.Key is not null)
            .ToList();
        HashSet<string> KeysOf(Func<string, bool> wanted) => [.. used.Where(use => wanted(use.Name)).Select(use => use.Key!)];
        return used.Count == 0
            ? null
            : new TlsSecretPlan(
                secret,
                KeysOf(CertificateSettings.Contains),
                KeysOf(KeySettings.Contains),
                KeysOf(name => !CertificateSettings.Contains(name) && !KeySettings.Contains(name)));
    }

    private static IEnumerable<FileSetting> ListSettings(RenderedRelease release)
    {
        foreach (var text in release.ConfigTexts.Append(GetScript(release.ServerContainer)))
        {
            foreach (Match match in FileSettingForm.Matches(text))
            {
                yield return new FileSetting(match.Groups[1].Value, match.Groups[2].Value);
            }
        }

        foreach (var variable in (release.ServerContainer["env"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (variable["name"]?.GetValue<string>() is { } name && FileVariables.Contains(name) && variable["value"] is { } value)
            {
                yield return new FileSetting(name, value.ToString());
            }
        }
    }

    private static string GetScript(JsonObject container) =>
        string.Join('\n', (container["args"] as JsonArray ?? []).Select(argument => argument?.ToString()));

    private static IEnumerable<SecretMount> ListMounts(RenderedRelease release)
    {
        var volumes = (release.PodSpec["volumes"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        foreach (var mount in (release.ServerContainer["volumeMounts"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var volume = volumes.FirstOrDefault(candidate => candidate["name"]?.ToString() == mount["name"]?.ToString());
            foreach (var source in ListSources(volume))
            {
                yield return new SecretMount(
                    source["secretName"]?.ToString() ?? source["name"]?.ToString() ?? string.Empty,
                    mount["mountPath"]?.ToString().TrimEnd('/') ?? string.Empty,
                    mount["subPath"]?.ToString(),
                    (source["items"] as JsonArray ?? [])
                        .OfType<JsonObject>()
                        .ToDictionary(item => item["path"]?.ToString() ?? string.Empty, item => item["key"]?.ToString() ?? string.Empty));
            }
        }
    }

    private static IEnumerable<JsonObject> ListSources(JsonObject? volume) =>
        volume?["secret"] is JsonObject secret
            ? [secret]
            : (volume?["projected"]?["sources"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Select(source => source["secret"])
                .OfType<JsonObject>();

    [GeneratedRegex(
        @"\b(tls_cert_file|tls_key_file|tls_client_ca_file|leader_ca_cert_file|leader_client_cert_file"
            + @"|leader_client_key_file)""?\s*[=:]\s*""([^""\n]+)""",
        RegexOptions.CultureInvariant)]
    private static partial Regex FileSettingForm { get; }

    private sealed record FileSetting(string Name, string Path);

    private sealed record SecretMount(string Secret, string Path, string? SubPath, IReadOnlyDictionary<string, string> Items)
    {
        internal string? FindKey(string file)
        {
            if (SubPath is not null)
            {
                return file == Path ? SubPath : null;
            }

            if (!file.StartsWith(Path + "/", StringComparison.Ordinal))
            {
                return null;
            }

            var name = file[(Path.Length + 1)..];
            return Items.TryGetValue(name, out var key) ? key : Items.Count == 0 && !name.Contains('/') ? name : null;
        }
    }
}
