using System.Security.Cryptography;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>The shell script that gathers a dump.</summary>
/// <param name="Marker">Random word that starts every frame.</param>
/// <param name="Text">The script, for standard input of <c>sh -s</c>.</param>
internal sealed record DumpScript(string Marker, string Text)
{
    private const string Resource = "VaultConformance.Harness.Probes.Passive.passive-dump.sh";
    private const int MarkerBytes = 16;
    private const int UniqueNameBytes = 8;
    private static readonly string Body = ReadBody();
    private static readonly string[] ProductParameters =
    [
        $"PROGRAMS={Quote(JoinLines(ServerProduct.All.Select(product => product.Program)))}",
        $"HARMLESS={Quote(JoinLines(HarmlessVariables.All))}",
        $"HOMES={Quote(JoinLines(ServerProduct.All.Select(product => product.Home)))}",
        $"FOLDERS={Quote(JoinLines(ServerProduct.All.SelectMany(product => product.Folders)))}",
        $"TOKEN={Quote(ServerProduct.TokenFile)}",
    ];

    /// <summary>A script with a marker of its own, so that nothing in a container can imitate it.</summary>
    /// <param name="request">What to gather.</param>
    /// <param name="root">Root of the file system; empty in a container, a made-up tree in tests.</param>
    public static DumpScript CreateFor(DumpRequest request, string root = "")
    {
        var marker = "vc" + RandomNumberGenerator.GetHexString(MarkerBytes * 2, lowercase: true);
        var unique = RandomNumberGenerator.GetHexString(UniqueNameBytes * 2, lowercase: true);
        string[] parameters =
        [
            $"M={Quote(marker)}",
            $"U={Quote(unique)}",
            $"R={Quote(root)}",
            $"ONLY_PROCESSES={(request.ProcessesOnly ? "1" : string.Empty)}",
            $"ONLY_CONFIGURATION={(request.ConfigurationOnly ? "1" : string.Empty)}",
            $"WORDS={Quote(JoinLines(request.CommandWords))}",
            $"FILES={Quote(JoinLines(request.Files.Select(file => $"{file.Purpose} {file.Path}")))}",
            .. ProductParameters,
        ];
        return new DumpScript(marker, $"{string.Join('\n', parameters)}\n{Body}");
    }

    /// <summary>One item a line; an item that holds a line break cannot name anything we look for.</summary>
    private static string JoinLines(IEnumerable<string> items) =>
        string.Join('\n', items.Where(item => !item.Contains('\n', StringComparison.Ordinal)));

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string ReadBody()
    {
        using var stream = typeof(DumpScript).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks the resource '{Resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
