using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Api;

/// <summary>Where the log level of a server is set besides its configuration.</summary>
internal static class LogLevels
{
    private const string Argument = "-log-level";

    /// <summary>The places, with what they say; null where that cannot be read.</summary>
    /// <param name="server">The server.</param>
    /// <param name="pod">Its pod.</param>
    /// <param name="container">Its container.</param>
    public static IEnumerable<(string Place, string? Level)> List(ProcessFacts server, V1Pod pod, V1Container container)
    {
        var environment = new EffectiveEnvironment(server, pod, container);
        foreach (var name in ServerProduct.ListVariables("LOG_LEVEL"))
        {
            var variable = environment.Find(name);
            if (variable.Present != false)
            {
                yield return ($"in {name}", variable.Value);
            }
        }

        var arguments =
            server.CommandLine.Select(argument => argument.StartsWith("--", StringComparison.Ordinal) ? argument[1..] : argument).ToList();
        foreach (var (index, argument) in arguments.Index().Where(item => item.Item.Split('=')[0] == Argument))
        {
            yield return ("among the arguments", argument.Contains('=', StringComparison.Ordinal)
                ? argument[(Argument.Length + 1)..]
                : arguments.ElementAtOrDefault(index + 1));
        }
    }
}
