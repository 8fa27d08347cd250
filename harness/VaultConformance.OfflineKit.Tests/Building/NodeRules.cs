using System.Net;

namespace VaultConformance.OfflineKit.Tests.Building;

/// <summary>Sends packets through the rules that the node writes for nftables, as far as those rules go. What it does not know is an error.</summary>
internal sealed class NodeRules
{
    private readonly Dictionary<string, List<string[]>> _chains = [];

    public NodeRules(string text)
    {
        List<string[]>? chain = null;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            switch (words)
            {
                case ["#" or "table" or "delete" or "type", ..]:
                    break;
                case ["chain", var name, "{"]:
                    _chains.Add(name, chain = []);
                    break;
                case ["}"]:
                    chain = null;
                    break;
                default:
                    (chain ?? throw new FormatException($"A rule outside a chain: {line}")).Add(words);
                    break;
            }
        }
    }

    /// <summary>True when the first packet of a connection passes a hook: <c>forward</c>, or <c>input</c> for the node itself.</summary>
    public bool Let(string from, string to, int port, string protocol = "tcp", string hook = "forward") =>
        Walk(hook, new Packet(IPAddress.Parse(from), IPAddress.Parse(to), port, protocol));

    private bool Walk(string chain, Packet packet)
    {
        foreach (var rule in _chains[chain])
        {
            switch (Match(new Queue<string>(rule), packet))
            {
                case ["return"]:
                    return true;
                case ["reject"]:
                    return false;
                case ["jump", var next] when !Walk(next, packet):
                    return false;
                case null or ["jump", _]:
                    break;
                case var verdict:
                    throw new FormatException($"Unknown verdict: {string.Join(' ', verdict)}");
            }
        }

        return true;
    }

    // The verdict of the rule; null when a match does not hold.
    private static string[]? Match(Queue<string> words, Packet packet)
    {
        var holds = true;
        while (words.TryPeek(out var word) && word is not ("return" or "reject" or "jump"))
        {
            holds &= (words.Dequeue(), words.Dequeue()) switch
            {
                ("ip", "saddr") => IsIn(words, packet.From),
                ("ip", "daddr") => IsIn(words, packet.To),
                ("meta", "l4proto") => words.Dequeue() == packet.Protocol,
                ("ct", "state") => words.Dequeue() == "new",
                (var protocol, "dport") => IsWithin(words.Dequeue(), packet.Port) && protocol == packet.Protocol,
                var unknown => throw new FormatException($"Unknown match: {unknown}"),
            };
        }

        return holds ? [.. words] : null;
    }

    private static bool IsIn(Queue<string> words, IPAddress address)
    {
        var first = words.Dequeue();
        if (first != "{")
        {
            return first == "!=" ? !Covers(words.Dequeue(), address) : Covers(first, address);
        }

        var found = false;
        for (var word = words.Dequeue(); word != "}"; word = words.Dequeue())
        {
            found |= Covers(word.TrimEnd(','), address);
        }

        return found;
    }

    private static bool Covers(string range, IPAddress address) => range.Contains('/', StringComparison.Ordinal)
        ? IPNetwork.Parse(range).Contains(address)
        : IPAddress.Parse(range).Equals(address);

    private static bool IsWithin(string range, int port) => int.Parse(range.Split('-')[0]) <= port && port <= int.Parse(range.Split('-')[^1]);

    private sealed record Packet(IPAddress From, IPAddress To, int Port, string Protocol);
}
