using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.CoreDumps;

/// <summary>Settings that make Vault write its memory somewhere.</summary>
/// <param name="Found">The settings, as written.</param>
/// <param name="Unknown">Which could not be told, and why.</param>
internal sealed record DumpTriggers(IReadOnlyList<string> Found, IReadOnlyList<string> Unknown)
{
    private const string Traceback = "GOTRACEBACK";
    private const string ProfileFolder = "-pprof-dump-dir";

    private static readonly IReadOnlyList<string> StackTraceFiles = ServerProduct.ListVariables("STACKTRACE_WRITE_TO_FILE");
    private static readonly string[] CoreWritingTracebacks = ["crash", "wer"];

    /// <summary>Looks at the process and its environment.</summary>
    /// <param name="server">The server process.</param>
    /// <param name="environment">Its environment.</param>
    public static DumpTriggers From(ProcessFacts server, EffectiveEnvironment environment)
    {
        var found =
            server.CommandLine.Where(argument => argument.TrimStart('-').StartsWith(ProfileFolder[1..], StringComparison.Ordinal)).ToList();
        var variables = StackTraceFiles.Append(Traceback).Select(name => (Name: name, Found: environment.Find(name))).ToList();
        found.AddRange(variables.Where(item => item.Found.Present == true && item.Name != Traceback).Select(item => item.Name));
        found.AddRange(variables.Where(item => item.Name == Traceback && CoreWritingTracebacks.Contains(item.Found.Value))
            .Select(item => $"{item.Name}={item.Found.Value}"));
        var unknown = variables.Where(item => item is { Name: Traceback, Found: { Present: true, Value: null } })
            .Select(item => $"{item.Name} is set, but its value is not known")
            .ToList();
        var unread = variables.Where(item => item.Found.Present is null).ToList();
        if (unread.Count > 0)
        {
            unknown.Add($"{string.Join(", ", unread.Select(item => item.Name))}: {unread[0].Found.Source}");
        }

        return new DumpTriggers(found, unknown);
    }

    /// <summary>Judges what was found.</summary>
    /// <param name="server">The server process.</param>
    public Judgement Judge(ProcessFacts server) => Judgement.None($"settings that make {server.DescribeLabel()} write its memory", Found)
        .Saying(found => $"Settings make {server.DescribeLabel()} write its memory to disk: {found}.");

    /// <summary>Judges whether configurations make a server trace itself when it is unsealed.</summary>
    /// <param name="configurations">What the server loads.</param>
    public static Judgement JudgeTracing(IEnumerable<ServerConfiguration> configurations) => Judgement.None(
            "configuration with enable_post_unseal_trace",
            configurations
                .Where(configuration =>
                    configuration.Document.Root.FindValue("enable_post_unseal_trace") is { } value && value.AsSwitch() != false)
                .Select(configuration => configuration.Path))
        .Saying(found => $"enable_post_unseal_trace is on in {found}.");
}
