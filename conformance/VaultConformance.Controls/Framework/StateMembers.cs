namespace VaultConformance.Controls.Framework;

/// <summary>What a server says about itself, as members of the evidence.</summary>
internal static class StateMembers
{
    /// <summary>Its listeners.</summary>
    public const string Listeners = "vault-state: sanitizedConfig.listeners[].config";

    /// <summary>Whether it locks its memory.</summary>
    public const string Mlock = "vault-state: sanitizedConfig.disable_mlock";

    /// <summary>Its version.</summary>
    public const string Version = "vault-state: version";

    /// <summary>Whether it is sealed.</summary>
    public const string Sealed = "vault-state: sealed";

    /// <summary>Its storage.</summary>
    public const string Storage = "vault-state: storageType";
}
