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
        body.WriteUInt16(TlsVersions.ToWire(version));
        body.WriteBytes(new byte[32]);
        body.WriteByte(0);
        body.WriteUInt16(suite);
        body.WriteByte(0);
        return Record(version, 2, body.ToArray());
    }

    /// <summary>A record with a Certificate message.</summary>
    public static byte[] Certificate(TlsVersion version, params byte[][] chain)
    {
        var list = new WireWriter();
        foreach (var certificate in chain)
        {
            list.WriteUInt24(certificate.Length);
            list.WriteBytes(certificate);
        }

        var body = new WireWriter();
        body.WriteUInt24(list.Length);
        body.WriteBytes(list.ToArray());
        return Record(version, 11, body.ToArray());
    }

    private static byte[] Record(TlsVersion version, byte message, byte[] body)
    {
        var record = new WireWriter();
        record.WriteByte(22);
        record.WriteUInt16(TlsVersions.ToWire(version));
        record.WriteVector16(content =>
        {
            content.WriteByte(message);
            content.WriteUInt24(body.Length);
            content.WriteBytes(body);
        });
        return record.ToArray();
    }
}
