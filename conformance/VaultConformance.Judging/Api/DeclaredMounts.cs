using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.Api;

/// <summary>Whether the server has auth methods and secrets engines that nobody declared.</summary>
/// <param name="mounts">What it has.</param>
/// <param name="parameters">What is declared.</param>
internal sealed class DeclaredMounts(VaultMounts mounts, ProfileParameters parameters)
{
    private const string AuthFact = "auth methods that the profile does not declare";
    private const string EngineFact = "secrets engines that the profile does not declare";
    private readonly BuiltInMounts _builtIn = BuiltInMounts.Of(mounts);

    /// <summary>Judges everything that is mounted.</summary>
    public IEnumerable<Judgement> Judge() =>
    [
        JudgeMethods(),
        JudgeEngines(),
        JudgeListing(),
        .. new MountSupport(mounts.Version).Judge(
            AddedMethods.Select(method => new MountedType($"auth/{Name(method)}", method.Type, method.Settings, IsAuth: true))
                .Concat(AddedEngines.Select(engine => new MountedType(Name(engine), engine.Type, engine.Settings, IsAuth: false)))),
        .. AddedMethods.SelectMany(JudgeRoles),
        .. BuiltInMounts.JudgeWhole(mounts),
        .. mounts.Gaps.Select(gap => Judgement.Unknown("all auth methods and engines", "seen", gap)),
    ];

    private IEnumerable<AuthMethodFacts> AddedMethods => mounts.AuthMethods.Where(method => !_builtIn.AuthMethods.Contains(Name(method)));

    private IEnumerable<EngineFacts> AddedEngines => mounts.Engines.Where(engine => !_builtIn.Engines.Contains(Name(engine)));

    private Judgement JudgeMethods() => Compare(
        AuthFact,
        AddedMethods.Where(method => !MountDeclaration.Covers(parameters.AuthMethods, method.Path, method.Type)).Select(Name),
        AddedMethods.Select(Name),
        found => $"The profile does not declare these auth methods: {found}. Disable them, or declare them in authMethods.");

    private Judgement JudgeEngines() => Compare(
        EngineFact,
        AddedEngines.Where(engine => !MountDeclaration.Covers(parameters.SecretsEngines, engine.Path, engine.Type)).Select(Name),
        AddedEngines.Select(Name),
        found => $"The profile does not declare these secrets engines: {found}. Disable them, or declare them in secretsEngines.");

    private Judgement Compare(string fact, IEnumerable<string> undeclared, IEnumerable<string> added, Func<string, string> sentence)
    {
        var judgement = Judgement.None(fact, undeclared).Saying(sentence);
        var declared = string.Join(", ", added);
        return judgement.Outcome == Reporting.Model.Outcome.Passed
            ? judgement with
            {
                Actual = $"none ({(declared.Length == 0 ? "nothing was added" : $"declared: {declared}")}; the rest is {_builtIn.Source})"
            }
            : judgement;
    }

    // What the server shows and what its mounts are set to are two sources; both have to say no.
    private Judgement JudgeListing()
    {
        const string Fact = "mounts that are listed for anybody without a token";
        var set = mounts.AuthMethods.Where(method => method.Settings.ListingVisibility == "unauth").Select(method => $"auth/{method.Path}")
            .Concat(mounts.Engines.Where(engine => engine.Settings.ListingVisibility == "unauth").Select(engine => engine.Path));
        var found = set.Union(mounts.OpenlyListed ?? []).ToList();
        return found.Count == 0 && mounts.OpenlyListed is null
            ? Judgement.Unknown(Fact, "none", "what the server lists without a token could not be read")
            : Judgement.None(Fact, found)
                .Saying(names => $"Anybody can list {names} without a token (listing_visibility = \"unauth\").");
    }

    private static IEnumerable<Judgement> JudgeRoles(AuthMethodFacts method)
    {
        if (method.RolesProblem is { } problem)
        {
            yield return Judgement.Unknown($"roles of auth method {method.Path}", "all read", problem);
        }

        if (method is { Roles.Count: 0, RolesProblem: null })
        {
            yield return Judgement.Of($"roles of auth method {method.Path}", false, "at least one", "none")
                .Saying($"Nobody can log in by auth method {Name(method)}: it has no role. Disable what is not used.").AsRecommendation();
        }

        foreach (var role in method.Type == "kubernetes" ? method.Roles ?? [] : [])
        {
            foreach (var judgement in KubernetesRole.Judge(method, role))
            {
                yield return judgement;
            }
        }
    }

    private static string Name(AuthMethodFacts method) => $"{method.Path} ({method.Type})";

    private static string Name(EngineFacts engine) => $"{engine.Path} ({engine.Type})";
}
