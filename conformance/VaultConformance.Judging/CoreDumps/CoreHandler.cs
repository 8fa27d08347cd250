namespace VaultConformance.Judging.CoreDumps;

/// <summary>
/// What the kernel does with a core dump. The core limit is not enforced for dumps that are piped to a program or sent to a socket,
/// so the handler itself has to respect it.
/// </summary>
internal static class CoreHandler
{
    private const string Systemd = "systemd-coredump";

    /// <summary>True when the pattern writes a plain file (the limit decides) or names an accepted handler by its path.</summary>
    /// <param name="pattern">Content of <c>core_pattern</c>.</param>
    /// <param name="accepted">Handlers that respect the limit: paths, or <c>systemd-coredump</c> for where systemd installs it.</param>
    public static bool RespectsLimit(string pattern, IReadOnlyList<string> accepted) => pattern switch
    {
        ['|', .. var handler] => ListPaths(accepted).Contains(handler.TrimStart().Split(' ', 2)[0]),
        ['@', ..] => accepted.Contains(pattern),
        _ => true,
    };

    /// <summary>The accepted handlers by path.</summary>
    /// <param name="accepted">
    /// As the profile names them. A bare name says nothing about a program, so that only the one of systemd is known.
    /// </param>
    public static IReadOnlyList<string> ListPaths(IReadOnlyList<string> accepted) =>
        [.. accepted.SelectMany(
            handler => handler == Systemd ? [$"/usr/lib/systemd/{Systemd}", $"/lib/systemd/{Systemd}"] : (string[])[handler])];
}
