using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace VaultConformance.Harness.Helm;

/// <summary>Runs the Helm program with argument arrays, its own empty configuration, and never a secret in an argument.</summary>
public sealed class HelmClient
{
    private readonly string _program;
    private readonly IReadOnlyDictionary<string, string?> _environment;

    private HelmClient(string program, HelmVersion version, IReadOnlyDictionary<string, string?> environment)
    {
        _program = program;
        _environment = environment;
        Version = version;
    }

    /// <summary>Version of the program.</summary>
    public HelmVersion Version { get; }

    /// <summary>Finds out what the program is.</summary>
    /// <param name="program">Path or name of the Helm program.</param>
    /// <param name="homeFolder">Folder for Helm's cache, configuration and data, so that the user's are neither read nor written.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="HarnessException">It cannot be started or is not Helm 3 or 4.</exception>
    public static async Task<HelmClient> OpenAsync(string program, string homeFolder, CancellationToken cancellationToken)
    {
        var environment = CleanEnvironment(homeFolder);
        var result = await RunAsync(program, environment, "version", ["version", "--template", "{{.Version}}"], cancellationToken);
        result.ThrowOnFailure(FailureKind.Environment, "Install Helm 3 or 4, or name another one with --helm.");
        return new HelmClient(program, HelmVersion.Parse(result.StandardOutput), environment);
    }

    /// <summary>Runs one command.</summary>
    /// <param name="verb">Name of the command for messages.</param>
    /// <param name="arguments">All arguments, the verb included.</param>
    /// <param name="cancellationToken">Ends the program: first gently, then by force.</param>
    public Task<HelmResult> RunAsync(string verb, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(_program, _environment, verb, arguments, cancellationToken);

    // Helm takes far more than its folders from the environment: HELM_KUBEAPISERVER, HELM_KUBETOKEN and their like would send the release
    // to another cluster.
    private static Dictionary<string, string?> CleanEnvironment(string homeFolder)
    {
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("HELM_", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(name => name, string? (_) => null);
        variables["KUBECONFIG"] = null;
        variables["HELM_CACHE_HOME"] = Path.Combine(homeFolder, "cache");
        variables["HELM_CONFIG_HOME"] = Path.Combine(homeFolder, "config");
        variables["HELM_DATA_HOME"] = Path.Combine(homeFolder, "data");
        return variables;
    }

    private static async Task<HelmResult> RunAsync(
        string program,
        IReadOnlyDictionary<string, string?> environment,
        string verb,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken)
    {
        using var force = new CancellationTokenSource();
        await using var forceLater = cancellationToken.Register(() => force.CancelAfter(TimeSpan.FromSeconds(3)));
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments(arguments)
                .WithEnvironmentVariables(environment)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(System.Text.Encoding.UTF8, System.Text.Encoding.UTF8, force.Token, cancellationToken);
            return new HelmResult(verb, result.ExitCode, result.StandardOutput, result.StandardError);
        }
        catch (Win32Exception exception)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"The Helm program '{program}' could not be started: {exception.Message}. Install Helm 3 or 4, or name one with --helm.",
                exception);
        }
    }
}
