namespace VaultConformance.Harness.Secrets;

/// <summary>How strongly a name says that a secret stands under it.</summary>
internal enum NameWeight
{
    /// <summary>Says nothing, or says where a secret is and not what it is.</summary>
    None,

    /// <summary>May name a secret or a thing of that name: <c>key</c>, <c>auth</c>.</summary>
    Weak,

    /// <summary>Names a secret: <c>token</c>, <c>secret</c>, <c>pin</c>.</summary>
    Strong,

    /// <summary>Names a secret whatever the value looks like: <c>password</c>, <c>accountKey</c>, <c>VAULT_UNSEAL_KEY</c>.</summary>
    Certain,
}
