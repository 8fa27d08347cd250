namespace VaultConformance.Harness.Tls.Authority;

/// <summary>A server certificate as a TLS Secret holds it.</summary>
/// <param name="certificateChain">PEM: leaf, then what else the server presents.</param>
/// <param name="privateKey">PEM: PKCS#8 key of the leaf.</param>
/// <param name="authority">PEM: the root that clients trust.</param>
/// <param name="fingerprint">SHA-256 of the leaf's DER, lower-case hexadecimal.</param>
/// <remarks>A class and not a record, so that nothing prints the key by accident.</remarks>
internal sealed class ServerCertificate(string certificateChain, string privateKey, string authority, string fingerprint)
{
    /// <summary>PEM: leaf, then what else the server presents (<c>tls.crt</c>).</summary>
    public string CertificateChain => certificateChain;

    /// <summary>PEM: PKCS#8 key of the leaf (<c>tls.key</c>). Secret.</summary>
    public string PrivateKey => privateKey;

    /// <summary>PEM: the root that clients trust (<c>ca.crt</c>).</summary>
    public string Authority => authority;

    /// <summary>SHA-256 of the leaf's DER, lower-case hexadecimal.</summary>
    public string Fingerprint => fingerprint;

    /// <summary>The fingerprint; never the key.</summary>
    public override string ToString() => $"server certificate {fingerprint}";
}
