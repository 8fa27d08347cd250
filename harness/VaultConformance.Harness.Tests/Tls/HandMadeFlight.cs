using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Wire;

namespace VaultConformance.Harness.Tests.Tls;

/// <summary>Answers of servers so weak that no library would play them.</summary>
internal static class HandMadeFlight
{
    /// <summary>A record with a ServerHello.</summary>
    public static byte[] ServerHello(TlsVersion version, ushort suite)
    {
        var body = new WireWriter();
        body.UInt16(TlsVersions.ToWire(version));
        body.Bytes(new byte[32]);
        body.Byte(0);
        body.UInt16(suite);
        body.Byte(0);
        return Record(version, 2, body.ToArray());
    }

    /// <summary>A record with a Certificate message.</summary>
    public static byte[] Certificate(TlsVersion version, params byte[][] chain)
    {
        var list = new WireWriter();
        foreach (var certificate in chain)
        {
            list.UInt24(certificate.Length);
            list.Bytes(certificate);
        }

        var body = new WireWriter();
        body.UInt24(list.Length);
        body.Bytes(list.ToArray());
        return Record(version, 11, body.ToArray());
    }

    private static byte[] Record(TlsVersion version, byte message, byte[] body)
    {
        var record = new WireWriter();
        record.Byte(22);
        record.UInt16(TlsVersions.ToWire(version));
        record.Vector16(content =>
        {
            content.Byte(message);
            content.UInt24(body.Length);
            content.Bytes(body);
        });
        return record.ToArray();
    }
}
