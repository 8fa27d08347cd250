using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Variables that name the key of an automatic unseal, which lies in a KMS or an HSM: <c>VAULT_AWSKMS_SEAL_KEY_ID</c>,
/// <c>VAULT_AZUREKEYVAULT_KEY_NAME</c>.
/// </summary>
internal static partial class SealKeys
{
    private const int KeyDigits = 64;

    /// <summary>True when the name is one of them and the value can name a key.</summary>
    /// <param name="name">Name of a variable.</param>
    /// <param name="value">Its value.</param>
    public static bool IsName(string name, string value) =>
        SealName.IsMatch(name) && KeyName.IsMatch(value) && !SecretValues.HasRandomPart(value)
            && (value.Length < KeyDigits || !value.All(char.IsAsciiHexDigit));

    [GeneratedRegex(
        @"(\A|_)(SEAL|[A-Z0-9]{0,16}KMS|HSM|AZUREKEYVAULT|TRANSIT)_([A-Z0-9_]{0,32}_)?KEY_(ID|NAME|VERSION|LABEL|RING)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SealName { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/\-]{0,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyName { get; }
}
