using System.Globalization;
using System.Net;
using System.Text;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Network.Reach;

/// <summary>
/// Shell scripts that try connections, and that listen, with what an image for Vault has: busybox <c>nc</c>, or else bash. They write no
/// file, because a server may have no place for one.
/// </summary>
internal static class ReachScript
{
    /// <summary>Exit code when the image has nothing for it.</summary>
    public const int NoClient = 98;

    private const string Clients =
        """
        while read -r word value; do [ "$word" = nameserver ] && names=$value && break; done </etc/resolv.conf
        if command -v nc >/dev/null 2>&1; then
          try() { nc -w 4 "$2" "$3" </dev/null >/dev/null 2>&1; echo "$1 $?"; }
        elif [ -n "$BASH_VERSION" ] && command -v timeout >/dev/null 2>&1; then
          try() { timeout 4 "$BASH" -c 'exec 3<>"/dev/tcp/$0/$1"' "$2" "$3" >/dev/null 2>&1; echo "$1 $?"; }
        else
          exit 98
        fi

        """;

    // Each listener takes one connection and ends. The kernel's own table says that all of them are there.
    private const string Listeners =
        """
        command -v nc >/dev/null 2>&1 || exit 98
        for port in @ports; do nc -l -p $port </dev/null >/dev/null 2>&1 & done
        is_open() {
          while read -r _ address _ state _; do
            case $address in *:$1) [ "$state" = 0A ] && return 0 ;; esac
          done
          return 1
        }
        looks=60
        while [ $looks -gt 0 ]; do
          closed=0
          for port in @hex; do
            is_open $port </proc/net/tcp || { [ -e /proc/net/tcp6 ] && is_open $port </proc/net/tcp6; } || closed=1
          done
          [ $closed = 0 ] && exit 0
          sleep 0.05 2>/dev/null || sleep 1
          looks=$((looks - 1))
        done
        exit 97
        """;

    /// <summary>Tries all connections side by side.</summary>
    /// <param name="targets">Where to.</param>
    public static string WriteAttempts(IReadOnlyList<ReachTarget> targets)
    {
        var script = new StringBuilder(Clients);
        foreach (var (number, target) in targets.Index())
        {
            script.Append(CultureInfo.InvariantCulture, $"try {number} {WriteEnd(target)} &\n");
        }

        return script.Append("wait\n").ToString();
    }

    /// <summary>Listens on ports until each has been connected to once.</summary>
    /// <param name="ports">The ports.</param>
    public static string WriteListeners(IReadOnlyList<int> ports) => Listeners
        .Replace("@ports", string.Join(' ', ports), StringComparison.Ordinal)
        .Replace(
            "@hex", string.Join(' ', ports.Select(port => port.ToString("X4", CultureInfo.InvariantCulture))), StringComparison.Ordinal);

    /// <summary>Reads what the attempts printed.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="count">How many there were.</param>
    /// <returns>Whether each connected; null where it says nothing.</returns>
    public static IReadOnlyList<bool?> ReadAttempts(string output, int count)
    {
        var seen = new bool?[count];
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is [var number, var code]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < count
                && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var exitCode))
            {
                seen[at] = exitCode == 0;
            }
        }

        return seen;
    }

    private static string WriteEnd(ReachTarget target) => target switch
    {
        { Place: NetworkPlaces.Names } => "\"$names\" 53",
        { Place: NetworkPlaces.Api } => "\"$KUBERNETES_SERVICE_HOST\" \"$KUBERNETES_SERVICE_PORT\"",
        { Host: { } host } when IPAddress.TryParse(host, out _) => $"{host} {target.Port.ToString(CultureInfo.InvariantCulture)}",
        _ => throw new ArgumentException($"'{target.Host}' is not an address.", nameof(target)),
    };
}
