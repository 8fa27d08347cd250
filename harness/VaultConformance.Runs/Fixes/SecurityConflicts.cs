using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>Settings of the server's security contexts that Kubernetes refuses beside each other.</summary>
internal static class SecurityConflicts
{
    private const string Contexts = "server.statefulSet.securityContext";

    /// <summary>Refuses values in which a change would meet what it does not change.</summary>
    /// <param name="before">The values before; a conflict that is there already is the user's.</param>
    /// <param name="after">The values after.</param>
    /// <exception cref="UnsafeFixException">They hold such settings.</exception>
    public static void Refuse(FixMap before, FixMap after)
    {
        if (Find(after) is { } conflict && Find(before) is null)
        {
            throw new UnsafeFixException(conflict);
        }
    }

    private static string? Find(FixMap values)
    {
        if (Read(values, "container", "privileged") == "true" && Read(values, "container", "allowPrivilegeEscalation") == "false")
        {
            return $"{Contexts}.container.privileged is true, and Kubernetes refuses that beside allowPrivilegeEscalation: false; take it "
                + "out first "
                + "(see ID-6)";
        }

        var user = FindUser(values);
        return user is { } place && (Read(values, "container", "runAsNonRoot") ?? Read(values, "pod", "runAsNonRoot")) == "true"
            ? $"{Contexts}.{place}.runAsUser is 0, and the kubelet starts no such container beside runAsNonRoot: true; give another "
                + "user first "
                + "(see ID-1)"
            : null;
    }

    // The container's user wins over the pod's.
    private static string? FindUser(FixMap values) => (Read(values, "container", "runAsUser"), Read(values, "pod", "runAsUser")) switch
    {
        ("0", _) => "container",
        (null, "0") => "pod",
        _ => null,
    };

    private static string? Read(FixMap values, string context, string key) =>
        (values.FindAt("server", "statefulSet", "securityContext", context, key) as FixText)?.Text;
}
