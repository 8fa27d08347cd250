using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.Versions;

namespace VaultConformance.Judging.Api;

/// <summary>
/// Whether the vendor withdraws the type of a mount. What the server has of itself says nothing about that, and is not judged.
/// </summary>
/// <param name="version">Version of the server.</param>
internal sealed class MountSupport(string version)
{
    private const string Supported = "supported";
    private static readonly string[] Withdrawn = ["deprecated", "pending-removal", "removed"];
    private readonly BuiltInTypes _types = ServerVersions.BuiltIn.Types;

    /// <summary>Judges mounts.</summary>
    /// <param name="mounts">Those that somebody added.</param>
    public IEnumerable<Judgement> Judge(IEnumerable<MountedType> mounts)
    {
        var all = mounts.ToList();
        yield return Judgement.None(
            "mounts of a type that the vendor withdraws",
            all.Where(mount => Withdrawn.Contains(mount.Status)).Select(mount => $"{mount.Name}: {mount.Status}"))
            .Saying(found => $"The vendor withdraws the type of these mounts: {found}.");
        foreach (var mount in all.Where(mount => mount.Status != Supported && !Withdrawn.Contains(mount.Status)))
        {
            if (ExplainDoubt(mount) is { } doubt)
            {
                yield return Judgement.Unknown($"support of {mount.Name}", Supported, doubt);
            }
        }
    }

    // The server says it of built-in types only, and since a certain version. A type that does not come with the server is a plugin of
    // somebody else: the vendor does not withdraw it, and whether it is declared is another fact.
    private string? ExplainDoubt(MountedType mount)
    {
        var isBuiltIn = (mount.IsAuth ? _types.Auth : _types.Engines).Contains(mount.Type);
        var says = VaultVersion.TryParse(version)?.ComparePrecedenceTo(_types.ReportedFrom) switch
        {
            null => (bool?)null,
            var order => order >= 0,
        };
        return (mount.Status, says, isBuiltIn) switch
        {
            ({ Length: > 0 } status, _, _) => $"the server says '{status}'",
            (_, false, true) or (_, true, false) => null,
            (_, false, false) => $"servers older than {_types.ReportedFrom} do not say it, and the type is not known",
            (_, true, true) => "the server does not say whether the type is supported",
            _ => $"the server does not say it, and its version '{version}' is not understood",
        };
    }
}

/// <summary>A mount that somebody added.</summary>
/// <param name="Name">Path and type, for people.</param>
/// <param name="Type">Its type.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="IsAuth">True for an auth method.</param>
internal sealed record MountedType(string Name, string Type, MountSettings Settings, bool IsAuth)
{
    /// <summary>What the server says about its support; null when it says nothing.</summary>
    public string? Status => Settings.DeprecationStatus;
}
