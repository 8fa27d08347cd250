using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Api;

/// <summary>Whether a server runs in development mode, in which it unseals itself and everybody knows its root token.</summary>
internal static class DevelopmentServer
{
    private const string Switch = "-dev";

    /// <summary>Judges how servers were started.</summary>
    /// <param name="servers">The servers of a pod.</param>
    public static Judgement JudgeArguments(IEnumerable<ProcessFacts> servers) => Judgement.None(
            "arguments of development mode",
            servers.SelectMany(server => server.CommandLine).Where(IsDevelopment).Select(argument => argument.Split('=')[0]))
        .Saying("The server runs in development mode: it keeps everything in memory, unsealed, and its root token is no secret.");

    /// <summary>Judges whether a server is given a root token.</summary>
    /// <param name="server">The server.</param>
    /// <param name="pod">Its pod.</param>
    /// <param name="container">Its container.</param>
    public static IEnumerable<Judgement> JudgeToken(ProcessFacts server, V1Pod pod, V1Container container)
    {
        var environment = new EffectiveEnvironment(server, pod, container);
        foreach (var name in ServerProduct.ListVariables("DEV_ROOT_TOKEN_ID"))
        {
            yield return environment.Find(name).Present switch
            {
                null => Judgement.Unknown($"{name} in the environment", "not set", environment.Unreadable),
                var present => Judgement.Of($"{name} in the environment", present == false, "not set", present == true ? "set" : "not set")
                    .Saying($"The server is given its root token in {name}."),
            };
        }

        yield return Judgement.None(
                "root token among the arguments", server.CommandLine
                    .Where(argument => argument.Contains("dev-root-token-id", StringComparison.Ordinal))
                    .Select(argument => argument.Split('=')[0]))
            .Saying("The server is given its root token as an argument.");
    }

    private static bool IsDevelopment(string argument) =>
        argument.TrimStart('-').Split('=')[0] is var name
            && argument.StartsWith('-')
            && (name == Switch[1..] || name.StartsWith("dev-", StringComparison.Ordinal));
}
