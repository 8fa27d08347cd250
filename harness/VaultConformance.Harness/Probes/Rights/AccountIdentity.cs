using k8s.Models;

namespace VaultConformance.Harness.Probes.Rights;

/// <summary>How the API server knows a ServiceAccount.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record AccountIdentity(string Namespace, string Name)
{
    /// <summary>Its name as a user.</summary>
    public string User => $"system:serviceaccount:{Namespace}:{Name}";

    /// <summary>The groups that it is in.</summary>
    public IReadOnlyList<string> Groups => ["system:serviceaccounts", $"system:serviceaccounts:{Namespace}", "system:authenticated"];

    /// <summary>True when something that is bound to a subject is bound to it.</summary>
    /// <param name="subject">A subject of a binding.</param>
    public bool Is(Rbacv1Subject subject) => subject.Kind switch
    {
        V1ServiceAccount.KubeKind => subject.Name == Name && subject.NamespaceProperty == Namespace,
        "User" => subject.Name == User,
        "Group" => Groups.Contains(subject.Name),
        _ => false,
    };
}
