namespace VaultConformance.Harness.Secrets;

/// <summary>Whether a value is a credential.</summary>
public enum CredentialTrace
{
    /// <summary>It is none.</summary>
    None,

    /// <summary>Neither its name nor its shape tells. It is masked, and nothing is proved by it.</summary>
    Unclear,

    /// <summary>It is one.</summary>
    Found,
}
