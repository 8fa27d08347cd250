using System.Globalization;
using System.Text;

namespace VaultConformance.Harness.Probes.Network.Relay;

/// <summary>
/// A shell script that carries out many exchanges side by side from inside a pod, with what an image for Vault has: busybox <c>nc</c>, or else bash.
/// One exec for all of them, because an exec costs a hundred times what a connection costs.
/// </summary>
internal static class RelayScript
{
    /// <summary>Ends the list of sizes and exit codes; the raw bytes follow.</summary>
    public const string DataMark = "vc-data";

    /// <summary>Exit code when the image has nothing that can open a connection.</summary>
    public const int NoClient = 98;

    private const string Body =
        """
        umask 077
        cd /tmp && mkdir "@batch" && cd "@batch" || exit 97
        if command -v nc >/dev/null 2>&1; then
          # A client that ends its side: a server that has nothing more to say closes, so nothing has to be waited out.
          ask() { printf "$4" | nc -w 3 "$2" "$3" >"$1.out" 2>"$1.err" & echo $! >"$1.pid"; wait $!; echo $? >"$1.rc"; }
          looks=200
        elif [ -n "$BASH_VERSION" ]; then
          ask() { { exec 3<>"/dev/tcp/$2/$3" && printf "$4" >&3 && exec cat <&3; } >"$1.out" 2>"$1.err" & echo $! >"$1.pid"; wait $!; echo $? >"$1.rc"; }
          looks=75
        else
          exit 98
        fi
        @calls
        while [ $looks -gt 0 ]; do
          set -- *.rc
          [ $# -ge @count ] && break
          sleep 0.02 2>/dev/null || { sleep 1; looks=$((looks - 40)); }
          looks=$((looks - 1))
        done
        n=0
        while [ $n -lt @count ]; do
          [ -e $n.rc ] || { [ -e $n.pid ] && read -r pid <$n.pid && kill "$pid" 2>/dev/null; }
          n=$((n + 1))
        done
        wait
        wc -c @files
        n=0
        while [ $n -lt @count ]; do
          read -r rc <$n.rc && echo "$rc $n.rc"
          n=$((n + 1))
        done
        echo vc-data
        cat @files
        cd /tmp && rm -rf "@batch"
        """;

    /// <summary>The script.</summary>
    /// <param name="batch">Name of the batch, unique in the pod: letters, digits, dashes.</param>
    /// <param name="exchanges">What to do.</param>
    public static string Write(string batch, IReadOnlyList<RelayExchange> exchanges) => Body
        .Replace("@batch", batch, StringComparison.Ordinal)
        .Replace("@count", exchanges.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@files", string.Join(' ', Enumerable.Range(0, exchanges.Count).Select(number => $"{number}.out {number}.err")), StringComparison.Ordinal)
        .Replace("@calls", Calls(exchanges), StringComparison.Ordinal);

    private static string Calls(IReadOnlyList<RelayExchange> exchanges)
    {
        var questions = new Dictionary<string, int>(StringComparer.Ordinal);
        var calls = new StringBuilder();
        foreach (var (number, exchange) in exchanges.Index())
        {
            var octal = Octal(exchange.Question.Span);
            if (questions.TryAdd(octal, questions.Count))
            {
                calls.Append(CultureInfo.InvariantCulture, $"q{questions[octal]}='{octal}'\n");
            }

            calls.Append(CultureInfo.InvariantCulture, $"ask {number} {Host(exchange.Endpoint)} {exchange.Endpoint.Port} \"$q{questions[octal]}\" &\n");
        }

        return calls.ToString();
    }

    /// <summary>Every byte as <c>printf</c> takes it; nothing in it has a meaning to the shell.</summary>
    private static string Octal(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 4);
        foreach (var value in bytes)
        {
            text.Append('\\').Append((char)('0' + (value >> 6))).Append((char)('0' + ((value >> 3) & 7))).Append((char)('0' + (value & 7)));
        }

        return text.ToString();
    }

    private static string Host(NetworkEndpoint endpoint) => Uri.CheckHostName(endpoint.Host) == UriHostNameType.Unknown
        ? throw new ArgumentException($"'{endpoint.Host}' is neither a host name nor an IP address.", nameof(endpoint))
        : endpoint.Host;
}
