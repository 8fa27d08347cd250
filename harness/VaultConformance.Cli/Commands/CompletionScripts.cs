namespace VaultConformance.Cli.Commands;

/// <summary>The scripts that ask the program for completions. Where it has none, the shell completes names of files.</summary>
internal static class CompletionScripts
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = """
            # Completion of vault-conformance and run.sh for bash.
            _vault_conformance() {
                local word=${COMP_WORDS[COMP_CWORD]} program=${COMP_WORDS[0]/#\~/$HOME}
                COMPREPLY=()
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
                    "$program" complete -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$word" 2>/dev/null)
            }
            complete -o default -o bashdefault -F _vault_conformance vault-conformance run.sh ./run.sh

            """,
        ["zsh"] = """
            # Completion of vault-conformance and run.sh for zsh.
            _vault_conformance() {
                local -a found
                found=(${(f)"$("${~words[1]}" complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)words[CURRENT]}" 2>/dev/null)"})
                if (( ${#found} )); then compadd -a found; else _files; fi
            }
            compdef _vault_conformance vault-conformance run.sh

            """,
        ["fish"] = """
            # Completion of vault-conformance and run.sh for fish.
            function __vault_conformance
                set -l words (commandline --tokenize --cut-at-cursor)
                set -l program (string replace --regex '^~' $HOME $words[1])
                $program complete -- $words[2..-1] (commandline --current-token --cut-at-cursor) 2>/dev/null
            end
            complete --command vault-conformance --arguments '(__vault_conformance)'
            complete --command run.sh --arguments '(__vault_conformance)'

            """,
        ["pwsh"] = """
            # Completion of vault-conformance and run.ps1 for PowerShell.
            Register-ArgumentCompleter -Native -CommandName vault-conformance, run.ps1, run.sh -ScriptBlock {
                param($word, $line, $position)
                $words = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
                & $words[0] complete -- @($words[1..$words.Count]) "$word" 2>$null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_)
                }
            }

            """,
    };

    public static IReadOnlyList<string> Shells => [.. Scripts.Keys];

    /// <summary>The script for a shell; null for one that is not known.</summary>
    /// <param name="shell">Name of the shell.</param>
    public static string? Find(string shell) => Scripts.GetValueOrDefault(shell)?.ReplaceLineEndings("\n");
}
