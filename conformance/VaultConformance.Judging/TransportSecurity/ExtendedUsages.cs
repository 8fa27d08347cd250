namespace VaultConformance.Judging.TransportSecurity;

/// <summary>What a certificate may be used for, by the numbers of RFC 5280.</summary>
internal static class ExtendedUsages
{
    /// <summary>A server of TLS.</summary>
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    /// <summary>A client of TLS.</summary>
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>Everything.</summary>
    public const string Any = "2.5.29.37.0";

    /// <summary>For people.</summary>
    /// <param name="usages">The numbers.</param>
    public static string Describe(IReadOnlyCollection<string?> usages) =>
        usages.Count == 0 ? "absent" : string.Join(", ", usages.Select(Describe));

    private static string? Describe(string? usage) => usage switch
    {
        ServerAuth => "serverAuth",
        ClientAuth => "clientAuth",
        Any => "any",
        "1.3.6.1.5.5.7.3.3" => "codeSigning",
        "1.3.6.1.5.5.7.3.4" => "emailProtection",
        "1.3.6.1.5.5.7.3.8" => "timeStamping",
        "1.3.6.1.5.5.7.3.9" => "OCSPSigning",
        _ => usage,
    };
}
