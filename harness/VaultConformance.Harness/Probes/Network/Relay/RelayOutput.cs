using System.Globalization;
using System.Text;

namespace VaultConformance.Harness.Probes.Network.Relay;

/// <summary>Reads what <see cref="RelayScript"/> prints.</summary>
internal static class RelayOutput
{
    private const int KilledByTerm = 128 + 15;

    /// <summary>The answers, in the order of the exchanges.</summary>
    /// <exception cref="FormatException">The output is not that of the script.</exception>
    public static IReadOnlyList<RelayAnswer> Parse(ReadOnlyMemory<byte> output, int count)
    {
        var (numbers, rest) = ReadHeader(output);
        var answers = new List<RelayAnswer>(count);
        for (var number = 0; number < count; number++)
        {
            var answer = Cut(ref rest, GetNumber(numbers, $"{number}.out"));
            var message = Encoding.UTF8.GetString(Cut(ref rest, GetNumber(numbers, $"{number}.err")).Span).Trim();
            answers.Add(Judge(GetNumber(numbers, $"{number}.rc"), answer, message));
        }

        return answers;
    }

    private static RelayAnswer Judge(int exitCode, ReadOnlyMemory<byte> answer, string message) => exitCode switch
    {
        KilledByTerm when answer.Length == 0 => new RelayAnswer(RelayEnding.OutOfTime, answer, message),
        KilledByTerm => new RelayAnswer(RelayEnding.StillOpen, answer, message),
        0 => new RelayAnswer(RelayEnding.Closed, answer, message),
        _ when answer.Length > 0 => new RelayAnswer(RelayEnding.Closed, answer, message),
        _ => new RelayAnswer(
            RelayEnding.NotConnected, answer, message.Length > 0 ? message : $"the relay's client ended with exit code {exitCode}"),
    };

    private static (Dictionary<string, int> Numbers, ReadOnlyMemory<byte> Data) ReadHeader(ReadOnlyMemory<byte> output)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        while (output.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = Encoding.UTF8.GetString(output.Span[..end]).Trim();
            output = output[(end + 1)..];
            if (line == RelayScript.DataMark)
            {
                return (numbers, output);
            }

            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, var name])
            {
                numbers[name] = int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        throw new FormatException("the relay's script did not print its results");
    }

    private static int GetNumber(Dictionary<string, int> numbers, string name) =>
        numbers.TryGetValue(name, out var number) ? number : throw new FormatException($"the relay's script printed nothing for '{name}'");

    private static ReadOnlyMemory<byte> Cut(ref ReadOnlyMemory<byte> data, int length)
    {
        if (length > data.Length)
        {
            throw new FormatException("the relay's script printed fewer bytes than it announced");
        }

        var cut = data[..length];
        data = data[length..];
        return cut;
    }
}
