using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;
using VaultConformance.Harness.Products;

namespace VaultConformance.Judging.Quorum;

/// <summary>
/// What a probe of the kubelet answers in each state of a server: true for success, false for failure, null for what is not known.
/// </summary>
/// <param name="Active">The active server.</param>
/// <param name="Standby">A standby.</param>
/// <param name="Sealed">A sealed server.</param>
/// <param name="New">A server that was not initialised.</param>
internal sealed partial record HealthAnswer(bool? Active, bool? Standby, bool? Sealed, bool? New)
{
    private const string Health = "/v1/sys/health";
    private static readonly HealthAnswer Unknown = new(null, null, null, null);
    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "[::1]", "$(pod_ip)", "$(vault_k8s_pod_ip)"];

    /// <summary>Reads a probe.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="container">Its container.</param>
    /// <param name="enterprise">True for a server whose standbys answer requests themselves, and have a code of their own.</param>
    public static HealthAnswer Read(V1Probe probe, V1Container container, bool enterprise) => probe switch
    {
        { HttpGet: { Host: null or "", Path: { } path } } when path.Split('?')[0].TrimEnd('/') == Health => ReadQuery(path, enterprise),
        { TcpSocket.Host: null or "" } => new HealthAnswer(true, true, true, true),
        { Exec.Command: { } command } when Status.IsMatch(string.Join(' ', command)) && AsksItself(container) =>
            new HealthAnswer(true, true, false, false),
        _ => Unknown,
    };

    private static HealthAnswer ReadQuery(string path, bool enterprise)
    {
        var query = (path.Split('?') is [_, var text] ? text : string.Empty).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).GroupBy(pair => pair[0])
            .ToDictionary(group => group.Key, group => group.First() is [_, var value, ..] ? value : string.Empty, StringComparer.Ordinal);
        var active = Ask("activecode", 200);
        var standby = AskStandby("standbyok", "standbycode", 429);
        var performance = AskStandby("perfstandbyok", "performancestandbycode", 473);
        return new HealthAnswer(
            active, !enterprise || standby == performance ? standby : null, Ask("sealedcode", 503), Ask("uninitcode", 501));

        bool? AskStandby(string flag, string name, int usual) => !query.TryGetValue(flag, out var word) ? Ask(name, usual)
            : word.ToLowerInvariant() switch
            {
                "" or "true" or "t" or "1" => active,
                "false" or "f" or "0" => Ask(name, usual),
                _ => null,
            };

        // The kubelet takes everything from 200 to 399 as success.
        bool? Ask(string name, int usual) => !query.TryGetValue(name, out var word) ? usual is >= 200 and < 400
            : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code is >= 200 and < 400 : null;
    }

    // The command asks the server that its environment names, which may be another one.
    private static bool AsksItself(V1Container container)
    {
        var addresses = (container.Env ?? []).Where(variable => ServerProduct.ListVariables("ADDR").Contains(variable.Name)).ToList();
        return addresses.Count == 0
            ? container.EnvFrom is not { Count: > 0 }
            : addresses.All(variable => variable.Value is { } text && text.Split("://") is [_, var place]
                && Loopback.Any(host => place.StartsWith(host, StringComparison.OrdinalIgnoreCase)));
    }

    // The command ends with 2 for a sealed server. A script around it may do whatever it likes.
    [GeneratedRegex(
        @"^(\S*/)?(sh -e?c )?(exec )?(/\S*/)?("
            + ServerProduct.Programs
            + @") status( -(tls-skip-verify|format=\w+|ca-cert=\S+|ca-path=\S+|tls-server-name=\S+))*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Status { get; }
}
