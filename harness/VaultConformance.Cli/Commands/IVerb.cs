using System.CommandLine;

namespace VaultConformance.Cli.Commands;

/// <summary>One verb of the command line.</summary>
internal interface IVerb
{
    /// <summary>The verb with its options and its action, which returns the exit code and throws what went wrong.</summary>
    Command Create();
}
