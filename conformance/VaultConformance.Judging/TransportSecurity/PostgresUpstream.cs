using System.Text.RegularExpressions;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// How a server talks to PostgreSQL and CockroachDB, whose driver takes what the connection URL leaves open from variables, and which
/// without any word of TLS goes on in plaintext where the server wants it so.
/// </summary>
/// <param name="block">The block.</param>
/// <param name="surroundings">What the server has from elsewhere.</param>
internal sealed partial class PostgresUpstream(HclBlock block, Surroundings surroundings)
{
    private const string Setting = "connection_url";
    private const string ModeVariable = "PGSSLMODE";
    private const string HostVariable = "PGHOST";

    private static readonly IReadOnlyList<string> UrlVariables = ServerProduct.ListVariables("PG_CONNECTION_URL");
    private static readonly string[] Plain = ["disable", "allow", "prefer"];
    private static readonly string[] Secure = ["require", "verify-ca", "verify-full"];

    /// <summary>What is wrong, and what cannot be told.</summary>
    public IEnumerable<UpstreamProblem> FindProblems()
    {
        // A variable goes before the file. Each product has its own, and which of them goes first is not asked: all that are set have to be
        // right.
        var variables = block.Label.Equals("postgresql", StringComparison.OrdinalIgnoreCase)
            ? UrlVariables.Select(name => (Name: name, Found: surroundings.Find(name)))
                .Where(variable => variable.Found.Present != false)
                .ToList()
            : [];
        if (variables.Find(variable => variable.Found.Present is null) is { Name: not null } unread)
        {
            return [CreateUnclear(string.Join(" or ", UrlVariables), unread.Found)];
        }

        if (variables.Count > 0)
        {
            return variables.SelectMany(variable =>
                variable.Found.Value is { } value ? Judge(variable.Name, value) : [CreateUnclear(variable.Name, variable.Found)]);
        }

        var line =
            block.Body.Attributes.FirstOrDefault(attribute => attribute.Name.Equals(Setting, StringComparison.OrdinalIgnoreCase))?.Line;
        return block.Body.FindValue(Setting)?.AsText() is { Length: > 0 } url ? Judge($"{Setting} (line {line})", url) : [];
    }

    private IEnumerable<UpstreamProblem> Judge(string place, string url)
    {
        if (IsLocal(url) == true)
        {
            return [];
        }

        var modes = Mode.Matches(url).Select(match => match.Groups[1].Value.ToLowerInvariant()).ToList();
        if (modes.Find(Plain.Contains) is { } plain)
        {
            return [new UpstreamProblem($"{place} with sslmode={plain}", IsLocal(url) is not null)];
        }

        return modes.Count > 0
            ? modes.TrueForAll(Secure.Contains) ? [] : [new UpstreamProblem($"{place} with sslmode={modes[0]}, which is not known", false)]
            : JudgeDefault(place, url);
    }

    private IEnumerable<UpstreamProblem> JudgeDefault(string place, string url)
    {
        var variable = surroundings.Find(ModeVariable);
        if (!variable.IsKnown || Service.IsMatch(url) || url.Trim('*', ' ').Length == 0)
        {
            return [variable.IsKnown
                ? new UpstreamProblem($"{place} does not show how TLS is asked for", false)
                : CreateUnclear($"{place} without sslmode: {ModeVariable}", variable)];
        }

        var mode = variable.Value?.ToLowerInvariant();
        return mode is not null && Secure.Contains(mode)
            ? []
            : [new UpstreamProblem(
                mode is null
                    ? $"{place} names no sslmode, and the default (prefer) falls back to plaintext"
                    : $"{place} names no sslmode, and {ModeVariable} is {mode}",
                IsLocal(url) is not null && (mode is null || Plain.Contains(mode)))];
    }

    /// <summary>
    /// True when the database answers on the loopback interface, on a socket file, or on the node itself; null when that is not known.
    /// </summary>
    private bool? IsLocal(string url)
    {
        var hosts = ListHosts(url).Where(host => host.Length > 0).ToList();
        if (hosts.Count == 0)
        {
            var variable = surroundings.Find(HostVariable);
            return variable.IsKnown
                ? variable.Value is null ? url.Trim('*', ' ').Length > 0 ? true : null : surroundings.IsLocal(variable.Value)
                : null;
        }

        var local = hosts.ConvertAll(surroundings.IsLocal);
        return local.Contains(false) ? false : local.Contains(null) ? null : true;
    }

    private static IEnumerable<string> ListHosts(string url)
    {
        var named = Host.Matches(url).Select(match => Uri.UnescapeDataString(match.Groups[1].Value));
        var start = url.IndexOf("://", StringComparison.Ordinal);
        var authority = start < 0 ? string.Empty : url[(start + 3)..].Split('/', '?')[0];
        return named.Append(authority[(authority.LastIndexOf('@') + 1)..]).SelectMany(hosts => hosts.Split(','));
    }

    private static UpstreamProblem CreateUnclear(string name, EffectiveVariable variable) =>
        new($"{name} decides, and {(variable.Present is null ? variable.Source : "its value is not known")}", false);

    [GeneratedRegex(@"(?:^|[?&\s])sslmode\s*=\s*'?([A-Za-z\-]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Mode { get; }

    [GeneratedRegex(@"(?:^|[?&\s])host(?:addr)?\s*=\s*'?([^\s&']+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Host { get; }

    [GeneratedRegex(@"(?:^|[?&\s])service\s*=", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Service { get; }
}
