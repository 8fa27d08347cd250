namespace VaultConformance.Harness.Config;

/// <summary>Which attribute names of a Vault configuration carry a credential itself, not a reference to one.</summary>
public static class SensitiveNames
{
    private static readonly HashSet<string> Exact = new(StringComparer.OrdinalIgnoreCase)
    {
        "token", "secret", "secret_key", "access_key", "secret_id", "password", "passwd", "passphrase", "pin", "client_secret", "credentials", "key",
        "current_key", "previous_key", "private_key", "tls_key", "api_key", "access_token", "session_token", "sas_token", "account_key",
        "secret_access_key", "access_key_id", "auth_token", "bind_password", "service_account_key", "unseal_key", "recovery_key", "root_token",
    };

    private static readonly string[] Endings = ["_token", "_secret", "_password", "_passphrase", "_pin", "_secret_key", "_access_key", "_api_key", "_private_key"];

    /// <summary>True when a literal value under this name is a credential.</summary>
    /// <param name="name">Attribute name; case does not matter.</param>
    public static bool Contains(string name) =>
        Exact.Contains(name) || Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
