using System.Globalization;
using System.Text;

namespace VaultConformance.Harness.Probes.Network.Relay;

/// <summary>
/// A shell script that carries out many exchanges side by side from inside a pod, with what an image for Vault has: busybox <c>nc</c>, or
/// else bash. One exec for all of them, because an exec costs a hundred times what a connection costs.
/// </summary>
internal static class RelayScript
{
    /// <summary>Ends the list of sizes and exit codes; the raw bytes follow.</summary>
    public const string DataMark = "vc-data";

    /// <summary>Exit code when the image has nothing that can open a connection.</summary>
    public const int NoClient = 98;

    private const int LeastSeconds = 3;
    private const int ExchangesPerSecond = 40;
    private const int LooksPerSecond = 20;

    private const string Body =
        """
        umask 077
        cd /tmp && mkdir "@batch" && cd "@batch" || exit 97
        if command -v nc >/dev/null 2>&1 && command -v mkfifo >/dev/null 2>&1; then
          # Our side stays open until the answer is there: a server may take its end for the end of the conversation and close without
          # an answer, which would look like a refusal.
          ask() {
            mkfifo "$1.in" && exec 3<>"$1.in" && printf "$4" >&3
            nc -w @seconds "$2" "$3" <&3 >"$1.out" 2>"$1.err" & echo $! >"$1.pid"; wait $!; echo $? >"$1.rc"
          }
          looks=@looks
        elif [ -n "$BASH_VERSION" ]; then
          ask() {
            { exec 3<>"/dev/tcp/$2/$3" && printf "$4" >&3 && exec cat <&3; } >"$1.out" 2>"$1.err" &
            echo $! >"$1.pid"; wait $!; echo $? >"$1.rc"
          }
          looks=@looks
        else
          exit 98
        fi
        @calls
        end() { [ -e "$1.pid" ] && read -r pid <"$1.pid" && kill "$pid" 2>/dev/null; }
        while [ $looks -gt 0 ]; do
          n=0
          open=0
          while [ $n -lt @count ]; do
            if [ ! -e $n.rc ]; then
              open=1
              # Two looks after the first bytes: the rest of the server's flight.
              if [ -e $n.late ]; then end $n; elif [ -e $n.seen ]; then : >$n.late; elif [ -s $n.out ]; then : >$n.seen; fi
            fi
            n=$((n + 1))
          done
          [ $open = 0 ] && break
          sleep 0.05 2>/dev/null || { sleep 1; looks=$((looks - 19)); }
          looks=$((looks - 1))
        done
        n=0
        while [ $n -lt @count ]; do
          [ -e $n.rc ] || end $n
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

    /// <summary>Seconds that exchanges have for their answer: a fixed time, and more where many of them share one machine.</summary>
    /// <param name="exchanges">How many there are.</param>
    public static int CountSeconds(int exchanges) => LeastSeconds + (exchanges / ExchangesPerSecond);

    /// <summary>The script.</summary>
    /// <param name="batch">Name of the batch, unique in the pod: letters, digits, dashes.</param>
    /// <param name="exchanges">What to do.</param>
    public static string Write(string batch, IReadOnlyList<RelayExchange> exchanges) => Body
        .Replace("@batch", batch, StringComparison.Ordinal)
        .Replace("@seconds", CountSeconds(exchanges.Count).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(
            "@looks",
            ((CountSeconds(exchanges.Count) + 1) * LooksPerSecond).ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal)
        .Replace("@count", exchanges.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(
            "@files",
            string.Join(' ', Enumerable.Range(0, exchanges.Count).Select(number => $"{number}.out {number}.err")),
            StringComparison.Ordinal)
        .Replace("@calls", WriteCalls(exchanges), StringComparison.Ordinal);

    private static string WriteCalls(IReadOnlyList<RelayExchange> exchanges)
    {
        var questions = new Dictionary<string, int>(StringComparer.Ordinal);
        var calls = new StringBuilder();
        foreach (var (number, exchange) in exchanges.Index())
        {
            var octal = ToOctal(exchange.Question.Span);
            if (questions.TryAdd(octal, questions.Count))
            {
                calls.Append(CultureInfo.InvariantCulture, $"q{questions[octal]}='{octal}'\n");
            }

            calls.Append(
                CultureInfo.InvariantCulture,
                $"ask {number} {FormatHost(exchange.Endpoint)} {exchange.Endpoint.Port} \"$q{questions[octal]}\" &\n");
        }

        return calls.ToString();
    }

    /// <summary>Every byte as <c>printf</c> takes it; nothing in it has a meaning to the shell.</summary>
    private static string ToOctal(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 4);
        foreach (var value in bytes)
        {
            text.Append('\\').Append((char)('0' + (value >> 6))).Append((char)('0' + ((value >> 3) & 7))).Append((char)('0' + (value & 7)));
        }

        return text.ToString();
    }

    private static string FormatHost(NetworkEndpoint endpoint) => Uri.CheckHostName(endpoint.Host) == UriHostNameType.Unknown
        ? throw new ArgumentException($"'{endpoint.Host}' is neither a host name nor an IP address.", nameof(endpoint))
        : endpoint.Host;
}
