using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Versions;

namespace VaultConformance.Judging.Api;

/// <summary>What a server has of itself, so that nobody declares it.</summary>
/// <param name="AuthMethods">Auth methods, each as path and type.</param>
/// <param name="Engines">Secrets engines, each as path and type.</param>
/// <param name="Source">Where that is known from, in words.</param>
internal sealed record BuiltInMounts(IReadOnlyList<string> AuthMethods, IReadOnlyList<string> Engines, string Source)
{
    /// <summary>Those of a server: what it had before anybody configured it, or what is known of all versions.</summary>
    /// <param name="mounts">The mounts of the server.</param>
    public static BuiltInMounts Of(VaultMounts mounts) => mounts.Baseline is { } pristine
        ? new BuiltInMounts(pristine.AuthMethods, pristine.Engines, "built in, as this server had it before it was configured")
        : new BuiltInMounts(
            ServerVersions.BuiltIn.Mounts.AuthMethods,
            ServerVersions.BuiltIn.Mounts.Engines,
            "built in, as known of all versions (the server was configured before anybody looked)");

    /// <summary>Whether a list of mounts is whole: what no server can be without has to be in it.</summary>
    /// <param name="mounts">The mounts of the server.</param>
    public static IEnumerable<Judgement> JudgeWhole(VaultMounts mounts) =>
        ServerVersions.BuiltIn.Mounts.AuthMethods.Except(mounts.AuthMethods.Select(method => $"{method.Path} ({method.Type})"))
            .Concat(ServerVersions.BuiltIn.Mounts.Engines.Except(mounts.Engines.Select(engine => $"{engine.Path} ({engine.Type})")))
            .Select(missing => Judgement.Unknown(
                "list of auth methods and engines", "whole", $"{missing} is not in it, and no server is without it"));
}
