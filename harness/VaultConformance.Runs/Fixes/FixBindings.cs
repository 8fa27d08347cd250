using System.Text.RegularExpressions;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Runs.Fixes;

/// <summary>
/// Puts the names of a release into a snippet: where its certificate lies, what its Services are called, which user the profile wants.
/// </summary>
/// <param name="values">The user's values.</param>
/// <param name="config">The configuration that is in use.</param>
/// <param name="release">Name of the release.</param>
/// <param name="profile">Parameters of the profile.</param>
internal sealed partial class FixBindings(FixMap values, string config, string release, ProfileParameters profile)
{
    private const string Folder = "/vault/userconfig/vault-tls";
    private const string Chart = "vault";

    /// <summary>The snippet with the names of the release.</summary>
    /// <param name="snippet">A snippet of a page.</param>
    public string Apply(string snippet)
    {
        var (mount, certificate, key) = FindCertificate();
        var folder = key[..key.LastIndexOf('/')];
        return ApplyIdentity(snippet)
            .Replace($"mountPath: {Folder},", $"mountPath: {mount},", StringComparison.Ordinal)
            .Replace($"{Folder}/tls.crt", certificate, StringComparison.Ordinal)
            .Replace($"{Folder}/tls.key", key, StringComparison.Ordinal)
            .Replace($"{Folder}/ca.crt", $"{folder}/ca.crt", StringComparison.Ordinal)
            .Replace("vault-internal", $"{GetFullName()}-internal", StringComparison.Ordinal);
    }

    /// <summary>The chart's own way to mount a Secret, where the certificate lies there; null where it does not.</summary>
    public string? FindExtraVolume() => ListItems("extraVolumes")
        .Where(volume => Read(volume, "type") == "secret" && Read(volume, "name") is not null)
        .Where(volume => GetExtraPath(volume) == FindCertificate().Mount)
        .Select(volume => Read(volume, "name"))
        .FirstOrDefault();

    // Where the key is, if something is mounted there. The certificate may be elsewhere by mistake.
    private (string Mount, string Certificate, string Key) FindCertificate()
    {
        var mounts = ListItems("volumeMounts")
            .Select(mount => (Path: Read(mount, "mountPath")?.TrimEnd('/'), IsPart: mount.Find("subPath") is not null))
            .Select(mount => mount.IsPart ? mount.Path?[..Math.Max(0, mount.Path.LastIndexOf('/'))] : mount.Path)
            .Concat(ListItems("extraVolumes").Select(GetExtraPath))
            .OfType<string>()
            .Where(path => path.Length > 0)
            .ToList();
        string? FindMount(string path) => mounts.FirstOrDefault(mount => path.StartsWith(mount + "/", StringComparison.Ordinal));

        var key = KeyFile.Matches(config).Select(match => match.Groups["path"].Value).FirstOrDefault(path => FindMount(path) is not null);
        if (key is null)
        {
            return (Folder, $"{Folder}/tls.crt", $"{Folder}/tls.key");
        }

        var certificate = CertificateFile.Matches(config).Select(match => match.Groups["path"].Value)
            .FirstOrDefault(path => FindMount(path) == FindMount(key));
        return (FindMount(key)!, certificate ?? key[..key.LastIndexOf('/')] + "/tls.crt", key);
    }

    private string ApplyIdentity(string snippet)
    {
        if (profile.UidRangeFromNamespace)
        {
            return IdentityLine.Replace(snippet, string.Empty);
        }

        var user = profile.AllowedUids is [var uid, ..] && !profile.AllowedUids.Contains(100) ? uid : 100;
        var group = profile.AllowedGids is [var gid, ..] && !profile.AllowedGids.Contains(1000) ? gid : 1000;
        return snippet
            .Replace("runAsUser: 100 ", FormattableString.Invariant($"runAsUser: {user} "), StringComparison.Ordinal)
            .Replace("runAsUser: 100\n", FormattableString.Invariant($"runAsUser: {user}\n"), StringComparison.Ordinal)
            .Replace("Group: 1000", FormattableString.Invariant($"Group: {group}"), StringComparison.Ordinal);
    }

    // As the chart does it.
    private string GetFullName()
    {
        if (values.Find("fullnameOverride") is FixText { Text: { Length: > 0 } full, IsNull: false })
        {
            return full;
        }

        var name = values.Find("nameOverride") is FixText { Text: { Length: > 0 } other, IsNull: false } ? other : Chart;
        return release.Contains(name, StringComparison.Ordinal) ? release : $"{release}-{name}";
    }

    private static string GetExtraPath(FixMap volume) =>
        $"{(Read(volume, "path") ?? "/vault/userconfig").TrimEnd('/')}/{Read(volume, "name")}";

    private IEnumerable<FixMap> ListItems(string key) => (values.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    private static string? Read(FixMap map, string key) => map.Find(key) is FixText { IsNull: false } text ? text.Text : null;

    [GeneratedRegex(@"(?m)^\s*""?tls_key_file""?\s*[=:]\s*""(?<path>/[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex KeyFile { get; }

    [GeneratedRegex(@"(?m)^\s*""?tls_cert_file""?\s*[=:]\s*""(?<path>/[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex CertificateFile { get; }

    [GeneratedRegex(@"(?m)^\s*(runAsUser|runAsGroup|fsGroup): \d+.*\n", RegexOptions.CultureInvariant)]
    private static partial Regex IdentityLine { get; }
}
