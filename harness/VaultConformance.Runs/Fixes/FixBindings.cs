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

    /// <summary>Where the release has certificates: the folder of each key on a volume, or where a new one is put.</summary>
    public IReadOnlyList<CertificatePlace> ListCertificates()
    {
        var mounts = ListMounts().ToList();
        string? FindMount(string path) => mounts.FirstOrDefault(mount => path.StartsWith(mount + "/", StringComparison.Ordinal));

        var certificates = CertificateFile.Matches(config).Select(match => match.Groups["path"].Value).ToList();
        var places = KeyFile.Matches(config).Select(match => match.Groups["path"].Value)
            .Where(key => FindMount(key) is not null)
            .Select(key => new CertificatePlace(
                FindMount(key)!,
                certificates.FirstOrDefault(path => FindMount(path) == FindMount(key)) ?? GetFolder(key) + "/tls.crt",
                key,
                FindExtraVolume(FindMount(key)!)))
            .DistinctBy(place => place.Mount)
            .ToList();
        return places.Count > 0
            ? places
            : [new CertificatePlace(Folder, $"{Folder}/tls.crt", $"{Folder}/tls.key", FindExtraVolume(Folder))];
    }

    /// <summary>True when a path is on a volume of the server.</summary>
    /// <param name="path">The path.</param>
    public bool IsMounted(string path) => ListMounts().Any(mount => path.StartsWith(mount + "/", StringComparison.Ordinal));

    /// <summary>The snippet with the names of the release.</summary>
    /// <param name="snippet">A snippet of a page.</param>
    /// <param name="place">The certificate that it is about.</param>
    public string Apply(string snippet, CertificatePlace place) => ApplyIdentity(snippet)
        .Replace($"mountPath: {Folder},", $"mountPath: {place.Mount},", StringComparison.Ordinal)
        .Replace($"{Folder}/tls.crt", place.Certificate, StringComparison.Ordinal)
        .Replace($"{Folder}/tls.key", place.Key, StringComparison.Ordinal)
        .Replace($"{Folder}/ca.crt", FindAuthority(place), StringComparison.Ordinal)
        .Replace(
            "vault-internal:8200",
            FormattableString.Invariant($"vault-internal:{ListenerNeeds.FindPort(config)}"),
            StringComparison.Ordinal)
        .Replace("vault-internal", $"{GetFullName()}-internal", StringComparison.Ordinal);

    /// <summary>What the chart calls its objects.</summary>
    public string FullName => GetFullName();

    /// <summary>True when the platform chooses the user: the profile says so, or the values are those for OpenShift.</summary>
    public bool LeavesUser =>
        profile.UidRangeFromNamespace || ChartMode.IsOn(values, "global", "openshift");

    /// <summary>True when the platform chooses the user, and the profile does not know it.</summary>
    public bool HidesUser => LeavesUser && !profile.UidRangeFromNamespace;

    // The file of authorities that the configuration names already; else the one that lies beside a key by custom.
    private string FindAuthority(CertificatePlace place) =>
        AuthorityFile.Matches(config).Select(match => match.Groups["path"].Value)
            .FirstOrDefault(path => path.StartsWith(place.Mount + "/", StringComparison.Ordinal)) ?? $"{GetFolder(place.Key)}/ca.crt";

    private static string GetFolder(string path) => path[..path.LastIndexOf('/')];

    private string? FindExtraVolume(string mount) => ListItems("extraVolumes")
        .Where(volume => Read(volume, "type") == "secret" && Read(volume, "name") is not null && GetExtraPath(volume) == mount)
        .Select(volume => Read(volume, "name"))
        .FirstOrDefault();

    // Of files that are mounted one by one, their folder.
    private IEnumerable<string> ListMounts() => ListItems("volumeMounts")
        .Select(mount => (Path: Read(mount, "mountPath")?.TrimEnd('/'), IsPart: mount.Find("subPath") is not null))
        .Select(mount => mount.IsPart ? mount.Path?[..Math.Max(0, mount.Path.LastIndexOf('/'))] : mount.Path)
        .Concat(ListItems("extraVolumes").Select(GetExtraPath))
        .OfType<string>()
        .Where(path => path.Length > 0 && path != "/tmp");

    private string ApplyIdentity(string snippet)
    {
        if (LeavesUser)
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

    [GeneratedRegex(
        @"(?m)^\s*""?(tls_client_ca_file|leader_ca_cert_file)""?\s*[=:]\s*""(?<path>/[^""]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex AuthorityFile { get; }

    [GeneratedRegex(@"(?m)^\s*(runAsUser|runAsGroup|fsGroup): \d+.*\n", RegexOptions.CultureInvariant)]
    private static partial Regex IdentityLine { get; }
}

/// <summary>Where a certificate lies.</summary>
/// <param name="Mount">Path of the volume that it is on.</param>
/// <param name="Certificate">Its file.</param>
/// <param name="Key">The file of its key.</param>
/// <param name="ExtraVolume">Name in <c>server.extraVolumes</c> when the chart mounts it by itself; null when it does not.</param>
internal sealed record CertificatePlace(string Mount, string Certificate, string Key, string? ExtraVolume);
