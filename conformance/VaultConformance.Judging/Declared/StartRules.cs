using System.Text.RegularExpressions;
using VaultConformance.Harness.Config;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Declared;

/// <summary>What keeps a server of any version from starting with the configuration that it is given.</summary>
internal static partial class StartRules
{
    private const string Withheld = $"# {Credentials.Masked} withheld";
    private static readonly string[] Listeners = ["tcp", "unix"];
    private static readonly string[] Storages = ["storage", "backend"];

    /// <summary>UPG-6: the configuration can be read, and says what no server can do without.</summary>
    public static IEnumerable<Judgement> JudgeConfiguration(DeclaredServer server, DeclaredContext context)
    {
        foreach (var text in server.Texts)
        {
            yield return JudgeSyntax(text);
        }

        if (!server.IsWhole || StartArguments.IsDevelopment(server.Process))
        {
            yield break;
        }

        var storages = server.Configurations
            .Select(configuration => (configuration.Path, Count: Storages
                .SelectMany(type => configuration.Document.Root.ListStanzas(type)).Count()))
            .ToList();
        yield return Judgement.Of("storage", storages.Exists(file => file.Count > 0), "one", "none")
            .Saying("The configuration names no storage, and no server starts without one.");
        yield return Judgement.None("files with more than one storage", storages.Where(file => file.Count > 1).Select(file => file.Path))
            .Saying(found => $"Only one storage is permitted, and a server does not start with more: {found}.");
        yield return Judgement.None(
                "listeners of a type that no server has",
                server.Configurations.SelectMany(configuration => configuration.Document.Root.ListStanzas("listener"))
                    .Select(ReadType)
                    .Where(type => !Listeners.Contains(type)))
            .Saying(found => $"A server does not start with a listener of type {found}; it can be tcp or unix.");
    }

    // HCL, and JSON, give the type as the label or as an attribute of that name.
    private static string ReadType(HclBlock listener) => (listener.Label.Length > 0
        ? listener.Label
        : listener.Body.FindValue("type")?.AsText() ?? "(none)").ToLowerInvariant();

    // What cannot be read is withheld from evidence, with the reason.
    private static Judgement JudgeSyntax(ConfigText text)
    {
        var fact = $"syntax of {text.Path}";
        const string Expected = "HCL or JSON";
        return !text.Text.StartsWith(Withheld, StringComparison.Ordinal) ? Judgement.Of(fact, true, Expected, Expected)
            : Unreadable.Match(text.Text) is { Success: true } reason
                ? Judgement.Of(fact, false, Expected, reason.Groups["reason"].Value)
                    .Saying(found => $"{text.Path} cannot be read, and no server starts with it: {found}.")
            : Judgement.Unknown(fact, Expected, "it was withheld");
    }

    [GeneratedRegex(@"cannot be read \((?<reason>.+)\)\s*$")]
    private static partial Regex Unreadable { get; }
}
