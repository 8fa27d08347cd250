namespace VaultConformance.Reporting.Model;

/// <summary>What mends a control that failed, as its page says it.</summary>
/// <param name="Kind">What has to change.</param>
/// <param name="Words">What to do where values do not do it, in plain text.</param>
/// <param name="Snippets">The values to merge; empty where no values mend it.</param>
/// <param name="After">Controls that it follows from where one of them failed, too.</param>
internal sealed record Mending(MendedBy Kind, string Words, IReadOnlyList<string> Snippets, IReadOnlyList<ControlId> After);

/// <summary>What can mend a control.</summary>
internal enum MendedBy
{
    /// <summary>Helm values.</summary>
    Values,

    /// <summary>A patch of the rendered objects.</summary>
    Patch,

    /// <summary>The node or its container runtime.</summary>
    Node,

    /// <summary>The image of the server.</summary>
    Image,

    /// <summary>Another certificate.</summary>
    Certificate,

    /// <summary>What is written into the server after it is unsealed.</summary>
    Setup,

    /// <summary>A decision that only the owner of the release can make.</summary>
    Decision,
}
