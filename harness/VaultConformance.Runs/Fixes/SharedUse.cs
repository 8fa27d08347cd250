using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>
/// What a change must not take from others who use it: an account that is made elsewhere, processes that a sidecar signals.
/// </summary>
internal static class SharedUse
{
    private static readonly string[] Account = ["server", "serviceAccount", "create"];

    /// <summary>Refuses a change that takes such a thing.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    /// <exception cref="UnsafeFixException">The change does that.</exception>
    public static void Refuse(FixMap before, FixMap after)
    {
        if (IsOn(after.FindAt(Account)) && before.FindAt(Account) is FixText { Text: "false" }
            && before.FindAt("server", "serviceAccount", "name") is FixText { IsNothing: false } name)
        {
            throw new UnsafeFixException(
                $"server.serviceAccount.create is false, and the account '{name.Text}' is there already: the chart cannot create it again; "
                    + "name another one to let the chart create it");
        }

        if (IsOn(before.FindAt("server", "shareProcessNamespace")) && !IsOn(after.FindAt("server", "shareProcessNamespace"))
            && before.FindAt("server", "extraContainers") is FixList { Items.Count: > 0 })
        {
            throw new UnsafeFixException(
                "server.extraContainers share the process namespace, and one of them may signal the server, for example after a renewal "
                    + "of the certificate");
        }
    }

    private static bool IsOn(FixNode? node) => node is FixText { Text: "true" };
}
