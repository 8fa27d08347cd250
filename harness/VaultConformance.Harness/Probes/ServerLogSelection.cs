namespace VaultConformance.Harness.Probes;

/// <summary>Selects lines of a server log.</summary>
internal static class ServerLogSelection
{
    /// <summary>A server that fails over and over must not fill the evidence.</summary>
    private const int MostLines = 500;

    private const string BlockStart = "server configuration:";
    private const string BlockEnd = "server started!";

    private static readonly string[] Telling =
    [
        "mlock",
        "lock memory",
        "IPC_LOCK",
        "shutdown triggered",
        "reload triggered",
        "core: vault is sealed",
        "Operation not permitted",
        "Permission denied",
        "agent: not found",
        "error loading configuration",
        "Error initializing",
        "setcap",
        "CAP_SETFCAP",
        "panic:",
        "goroutine ",
    ];

    /// <summary>The lines that controls use, oldest first.</summary>
    public static IReadOnlyList<string> Select(string log)
    {
        var selected = new List<string>();
        var inBlock = false;
        foreach (var line in log.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            inBlock |= line.StartsWith("==> ", StringComparison.Ordinal) && line.Contains(BlockStart, StringComparison.Ordinal);
            if (line.Length > 0 && (inBlock || Array.Exists(Telling, word => line.Contains(word, StringComparison.OrdinalIgnoreCase))))
            {
                selected.Add(line);
            }

            inBlock &= !line.Contains(BlockEnd, StringComparison.Ordinal);
        }

        return selected.Count <= MostLines ? selected : [.. selected[..(MostLines / 2)], "…", .. selected[^(MostLines / 2)..]];
    }
}
