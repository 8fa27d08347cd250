using System.CommandLine;
using VaultConformance.Harness;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Commands;

/// <summary><c>completion</c>: prints the script that completes verbs, options and their values in a shell.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class CompletionVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var shell = new Argument<string>("shell") { Description = $"{string.Join(", ", CompletionScripts.Shells)}." };
        shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        var command = new VerbCommand(
            "completion",
            "Print the script that completes verbs, options and values when you press Tab.",
            "completion bash >> ~/.bashrc",
            "completion zsh >> ~/.zshrc",
            "completion fish > ~/.config/fish/completions/vault-conformance.fish",
            "completion pwsh >> $PROFILE") { shell };
        command.SetAction(result => Run(result.GetRequiredValue(shell)));
        return command;
    }

    private int Run(string shell)
    {
        services.Console.Data.Write(CompletionScripts.Find(shell) ?? throw new HarnessException(
            FailureKind.Configuration,
            $"There is no completion for '{shell}'{Nearest.WriteHint(shell, CompletionScripts.Shells)}; the shells are "
                + $"{string.Join(", ", CompletionScripts.Shells)}."));
        return ExitCodes.Success;
    }
}
