using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// What secrets look like that have a shape of their own. No pattern can go back over what it has read, so that time grows with the length
/// of the text only.
/// </summary>
internal static partial class SecretShapes
{
    private const string Replacement = $"${{keep}}{Credentials.Masked}";

    /// <summary>Replaces everything that has the shape of a secret; what names it stays, and so do certificates.</summary>
    /// <param name="text">Any text.</param>
    public static string Replace(string text) => CertificateBlocks.Keep(text, ReplaceShapes);

    private static string ReplaceShapes(string text)
    {
        text = PrivateKeys.Replace(text);
        foreach (var shape in (ReadOnlySpan<Regex>)[
            EncodedPrivateKey, NamedList, NumberedKey, Bearer, Basic, RegistryLogin, Webhook, SignedAddress, AddressUser, JsonWebToken,
            VaultToken, ProviderToken
        ])
        {
            // Every word could begin an address with a user, so that looking for one takes longest; without an @ there is none.
            text = shape == AddressUser && !text.Contains('@') ? text : shape.Replace(text, Replacement);
        }

        return KeyShare.Replace(UnsealShares.Replace(text), match => LooksRandom(match.ValueSpan) ? Credentials.Masked : match.Value);
    }

    /// <summary>True when the text holds a Vault token.</summary>
    /// <param name="text">Any text.</param>
    public static bool HoldVaultToken(string text) => VaultToken.IsMatch(text);

    /// <summary>True when the text holds the output of <c>vault operator init</c> in any format, with keys in it.</summary>
    /// <param name="text">Any text.</param>
    public static bool HoldInitOutput(string text) => NumberedKey.IsMatch(text) || InitOutput.IsMatch(text);

    /// <summary>Words and paths have no digits or no upper case; key material has all of them.</summary>
    /// <param name="text">A run of letters and digits.</param>
    public static bool LooksRandom(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('0', '9') && text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('a', 'z');

    /// <summary>
    /// The Base64 form of <c>-----BEGIN … PRIVATE KEY</c> and of a kubeconfig's client key: PEM that is not a certificate.
    /// </summary>
    [GeneratedRegex(@"(?<keep>)LS0tLS1CRUdJTi(?!BDRVJU|BQVUJMSUM)[A-Za-z0-9+/=]{20,}")]
    private static partial Regex EncodedPrivateKey { get; }

    /// <summary>Key lists of <c>sys/init</c> and <c>vault operator init -format=json</c>.</summary>
    [GeneratedRegex(@"(?<keep>""(keys|keys_base64|recovery_keys|recovery_keys_base64|unseal_keys_(b64|hex)|recovery_keys_(b64"
        + @"|hex))""\s{0,8}:\s{0,8}\[)[^\]*][^\]]*")]
    private static partial Regex NamedList { get; }

    [GeneratedRegex(
        @"(?<keep>((Unseal|Recovery) Key( \d{1,3})?( \(will be hidden\))?|Initial Root Token):[ \t]{0,8})[^\s*]\S{5,200}",
        RegexOptions.IgnoreCase)]
    private static partial Regex NumberedKey { get; }

    [GeneratedRegex(@"(?<keep>\bBearer[ \t]{1,8})[A-Za-z0-9._~+/=\-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer { get; }

    [GeneratedRegex(@"(?<keep>\bBasic[ \t]{1,8})[A-Za-z0-9+/]{8,}={0,2}")]
    private static partial Regex Basic { get; }

    /// <summary>User and password of a container registry, in the form of Docker's configuration.</summary>
    [GeneratedRegex(@"(?<keep>""auth""\s{0,8}:\s{0,8}"")[A-Za-z0-9+/]{6,}={0,2}")]
    private static partial Regex RegistryLogin { get; }

    /// <summary>Addresses that let whoever knows them write.</summary>
    [GeneratedRegex(@"(?<keep>https://(hooks\.slack\.com/(services|workflows)|discord(app)?\.com/api/webhooks"
        + @"|[a-z0-9\-]{1,80}\.webhook\.office\.com|hooks\.zapier\.com/hooks/catch|events\.pagerduty\.com/integration"
        + @"|api\.telegram\.org)/(bot)?)[^\s""'<>*]{8,}",
            RegexOptions.IgnoreCase)]
    private static partial Regex Webhook { get; }

    /// <summary>Signatures that open an address to whoever has it: of Azure, AWS, Google Cloud and CloudFront.</summary>
    [GeneratedRegex(
        @"(?<keep>[?&;](sig|signature|X-Amz-Signature|X-Goog-Signature|X-Amz-Security-Token)=)[^\s""'<>*&;]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex SignedAddress { get; }

    /// <summary>User and password before a host with a port, without a scheme. An image with a digest looks alike.</summary>
    [GeneratedRegex(@"(?<keep>)(?<![A-Za-z0-9._\-/:@%])(?!mailto:|sips?:)[A-Za-z0-9._\-]{1,64}:[^\s:@/""'$<{*]{1,128}(?=@"
        + @"(?!sha\d)[A-Za-z0-9.\-]{1,253}:\d{1,5}(?![A-Za-z0-9]))", RegexOptions.CultureInvariant)]
    private static partial Regex AddressUser { get; }

    // Possessive in effect: each part is bounded, and what follows it is not in its class.
    [GeneratedRegex(@"(?<keep>)(?<![A-Za-z0-9_\-])eyJ[A-Za-z0-9_\-]{8,8192}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*")]
    private static partial Regex JsonWebToken { get; }

    [GeneratedRegex(@"(?<keep>)\b(hv[sbr]\.[A-Za-z0-9_\-]{16,}|[sbr]\.[A-Za-z0-9]{24,}(\.[A-Za-z0-9]+)?)")]
    private static partial Regex VaultToken { get; }

    /// <summary>Tokens that their makers gave a mark: AWS, GitHub, GitLab, Slack, Google, Stripe, npm, Docker.</summary>
    [GeneratedRegex(
        @"(?<keep>)(?<![A-Za-z0-9])(A(KIA|SIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}"
            + @"|glpat-[A-Za-z0-9_\-]{20,}|xox[abprs]-[A-Za-z0-9\-]{10,}|AIza[A-Za-z0-9_\-]{35}|[sr]k_live_[A-Za-z0-9]{16,}"
            + @"|npm_[A-Za-z0-9]{36}|dckr_pat_[A-Za-z0-9_\-]{20,})")]
    private static partial Regex ProviderToken { get; }

    /// <summary>32 or 33 bytes in Base64, where no name stands before them.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9+/=_\-.])[A-Za-z0-9+/]{43}[A-Za-z0-9+/=](?![A-Za-z0-9+/=_\-.])")]
    private static partial Regex KeyShare { get; }

    // The words alone are in many a comment and script; a list or a value follows where keys are.
    [GeneratedRegex(@"(unseal_keys_(b64|hex)|recovery_keys_(b64|hex)|keys_base64)""?\s{0,8}[:=]\s{0,8}\[?\s{0,80}[""A-Za-z0-9+/*\-]"
        + @"|root_token""?\s{0,8}[:=]\s{0,8}""?[A-Za-z0-9*]{3}")]
    private static partial Regex InitOutput { get; }
}

/// <summary>Private keys in PEM.</summary>
internal static class PrivateKeys
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Label = "PRIVATE KEY-----";
    private const int LongestLabel = 48;

    /// <summary>
    /// Replaces every private key: one that is cut off up to the end of the text, one that lacks its beginning from its first line on.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Replace(string text)
    {
        var kept = new System.Text.StringBuilder();
        var copied = 0;
        while (FindKey(text, copied) is var (start, end))
        {
            kept.Append(text, copied, start - copied).Append(Credentials.Masked);
            copied = end;
        }

        return copied == 0 ? text : kept.Append(text, copied, text.Length - copied).ToString();
    }

    private static (int Start, int End)? FindKey(string text, int from)
    {
        var begin = FindNext(text, Begin, from);
        var end = FindNext(text, End, begin < 0 ? from : begin);
        var orphan = begin < 0 ? end : FindNext(text, End, from);
        if (orphan >= 0 && (begin < 0 || orphan < begin))
        {
            return (FindBody(text, from, orphan), EndOf(text, orphan));
        }

        return begin < 0 ? null : (begin, end < 0 ? text.Length : EndOf(text, end));
    }

    // The lines of a key hold nothing but Base64.
    private static int FindBody(string text, int from, int end)
    {
        var start = end;
        while (start > from && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '/' or '=' or '\r' or '\n'))
        {
            start--;
        }

        return start;
    }

    private static int EndOf(string text, int end) => text.IndexOf(Label, end, StringComparison.Ordinal) + Label.Length;

    private static int FindNext(string text, string opening, int from)
    {
        for (var at = text.IndexOf(opening, from, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(opening, at + 1, StringComparison.Ordinal))
        {
            if (text.AsSpan(at, Math.Min(LongestLabel, text.Length - at)).Contains(Label, StringComparison.Ordinal))
            {
                return at;
            }
        }

        return -1;
    }
}
