using Semver;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Versions;

/// <summary>Something that holds for some versions of a server only.</summary>
/// <param name="Id">See <see cref="VersionRuleIds"/>.</param>
/// <param name="Product">Name of the product.</param>
/// <param name="From">First version in which it holds; null where <paramref name="Versions"/> name them.</param>
/// <param name="Until">First version in which it does not hold any more; null when there is none.</param>
/// <param name="Versions">Exactly these versions; empty where a range is given.</param>
/// <param name="Source">Where that is known from.</param>
internal sealed record VersionRule(
    string Id, string Product, SemVersion? From, SemVersion? Until, IReadOnlyList<SemVersion> Versions, string Source)
{
    /// <summary>Whether it holds for a server; null when its version is not known.</summary>
    /// <param name="product">Name of the product.</param>
    /// <param name="version">Version as the server reports it.</param>
    public bool? Holds(string product, string version)
    {
        if (product != Product)
        {
            return false;
        }

        return VaultVersion.TryParse(version) is { } known
            ? Versions.Contains(known) || (From is not null && known.ComparePrecedenceTo(From) >= 0
                && (Until is null || known.ComparePrecedenceTo(Until) < 0))
            : null;
    }
}

/// <summary>Names of the rows.</summary>
internal static class VersionRuleIds
{
    /// <summary>Integrated storage does not start without a decision on mlock.</summary>
    public const string ExplicitMlockDecision = "explicit-mlock-decision";

    /// <summary>The binary cannot be executed without IPC_LOCK in the bounding set.</summary>
    public const string IpcLockOnBinary = "ipc-lock-on-binary";

    /// <summary>An attribute that is given twice keeps the server from starting.</summary>
    public const string DuplicateAttributesRefused = "duplicate-attributes-refused";

    /// <summary>Images on the Red Hat base have no pidof, ps, openssl and gpg.</summary>
    public const string NoProcpsInUbi = "no-procps-in-ubi";

    /// <summary>A new root token and new key shares cannot be made with key shares alone.</summary>
    public const string SharesNeedToken = "shares-need-token";

    /// <summary>There is no mlock, and asking for it is an error.</summary>
    public const string MlockRemoved = "mlock-removed";
}
