using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Diagnostics;

/// <summary>What secrets look like.</summary>
internal static partial class SecretShapes
{
    /// <summary>Replaces everything that has the shape of a secret; what names it stays.</summary>
    public static string Replace(string text)
    {
        foreach (var shape in (ReadOnlySpan<Regex>)[PrivateKey(), EncodedPrivateKey(), NamedList(), NamedValue(), NumberedKey(), Bearer(), JsonWebToken(), VaultToken()])
        {
            text = shape.Replace(text, $"${{keep}}{SecretRedactor.Redacted}");
        }

        return KeyShare().Replace(text, match => LooksRandom(match.ValueSpan) ? SecretRedactor.Redacted : match.Value);
    }

    /// <summary>True when the text holds a Vault token or the output of <c>vault operator init</c> in any format.</summary>
    public static bool HoldUnsealMaterial(string text) =>
        VaultToken().IsMatch(text) || NumberedKey().IsMatch(text) || InitOutput().IsMatch(text);

    /// <summary>Words and paths have no digits or no upper case; key material has all of them.</summary>
    private static bool LooksRandom(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('0', '9') && text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('a', 'z');

    [GeneratedRegex(@"(?<keep>)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)", RegexOptions.Singleline)]
    private static partial Regex PrivateKey();

    /// <summary>The Base64 form of <c>-----BEGIN … PRIVATE KEY</c> and of a kubeconfig's client key: PEM that is not a certificate.</summary>
    [GeneratedRegex(@"(?<keep>)LS0tLS1CRUdJTi(?!BDRVJU|BQVUJMSUM)[A-Za-z0-9+/=]{20,}")]
    private static partial Regex EncodedPrivateKey();

    /// <summary>Key lists of <c>sys/init</c> and <c>vault operator init -format=json</c>.</summary>
    [GeneratedRegex(@"(?<keep>""(keys|keys_base64|recovery_keys|recovery_keys_base64|unseal_keys_(b64|hex)|recovery_keys_(b64|hex))""\s*:\s*\[)[^\]]+")]
    private static partial Regex NamedList();

    [GeneratedRegex(
        @"(?<keep>[""']?\b(root_token|client_token|client-key-data|token|password|secret_id|id-token|refresh-token|X-Vault-Token)[""']?\s*[:=]\s*[""']?)(?!\*\*\*|null\b|true\b|false\b)[^\s""',}{\[\]]{6,}",
        RegexOptions.IgnoreCase)]
    private static partial Regex NamedValue();

    [GeneratedRegex(@"(?<keep>((Unseal|Recovery) Key( \d+)?( \(will be hidden\))?|Initial Root Token):\s*)\S{6,}", RegexOptions.IgnoreCase)]
    private static partial Regex NumberedKey();

    [GeneratedRegex(@"(?<keep>\bBearer\s+)[A-Za-z0-9._~+/=\-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"(?<keep>)\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*")]
    private static partial Regex JsonWebToken();

    [GeneratedRegex(@"(?<keep>)\b(hv[sbr]\.[A-Za-z0-9_\-]{16,}|[sbr]\.[A-Za-z0-9]{24,}(\.[A-Za-z0-9]+)?)")]
    private static partial Regex VaultToken();

    /// <summary>32 or 33 bytes in Base64, 33 bytes in hexadecimal. 32 bytes in hexadecimal are left: digests look like that.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9+/=_\-.])([A-Za-z0-9+/]{43}[A-Za-z0-9+/=]|[0-9a-f]{66})(?![A-Za-z0-9+/=_\-.])")]
    private static partial Regex KeyShare();

    [GeneratedRegex(@"unseal_keys_|recovery_keys_|""root_token""|keys_base64")]
    private static partial Regex InitOutput();
}
