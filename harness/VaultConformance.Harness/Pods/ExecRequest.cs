using System.Text;

namespace VaultConformance.Harness.Pods;

/// <summary>A command to run in a container, without a terminal.</summary>
/// <param name="Target">Where.</param>
/// <param name="Command">
/// The command and its arguments. They travel in the request URL and land in audit logs and in <c>/proc</c>: never put a secret here.
/// </param>
/// <param name="Input">
/// Bytes for standard input. There is no end of input before the command ends, so the command must know when it has read enough.
/// </param>
internal sealed record ExecRequest(PodContainer Target, IReadOnlyList<string> Command, ReadOnlyMemory<byte> Input)
{
    /// <summary>Bound of <see cref="OutputLimit"/> when none is given: 8 MiB.</summary>
    public const int DefaultOutputLimit = 8 * 1024 * 1024;

    /// <summary>Most bytes to accept on standard output and standard error together.</summary>
    public int OutputLimit { get; init; } = DefaultOutputLimit;

    /// <summary>A shell script for <c>sh</c>, given on standard input.</summary>
    /// <param name="target">Where.</param>
    /// <param name="script">
    /// POSIX shell commands. They are parsed whole before the first one runs, their standard input is empty, and the shell exits with the
    /// status of the last.
    /// </param>
    public static ExecRequest FromScript(PodContainer target, string script) =>
        new(target, ["sh", "-s"], Encoding.UTF8.GetBytes(Wrap(script)));

    /// <summary>
    /// Standard input cannot be closed on its own in the exec protocol, and a command inside could eat the rest of a script that comes that
    /// way: the function is read whole before it runs, and <c>exit</c> ends the shell without waiting for the end of input.
    /// </summary>
    private static string Wrap(string script) =>
        $$"""
        vc_main() {
        {{script.ReplaceLineEndings("\n")}}
        }
        vc_main </dev/null
        exit $?

        """.ReplaceLineEndings("\n");
}
