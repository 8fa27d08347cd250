using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>
/// A ClientHello written byte by byte (RFC 6101, 2246, 4346, 5246), because TLS libraries refuse to offer what a conformance test has to
/// offer.
/// </summary>
internal static class ClientHello
{
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const ushort RenegotiationInfoSignal = 0x00FF;
    private const int LastCurve = 30;
    private const int FirstField = 256;
    private const int Fields = 5;

    private static readonly int[] CommonGroups = [29, 23, 24, 25];

    /// <summary>One record with the whole message.</summary>
    public static byte[] Write(TlsOffer offer)
    {
        var body = new WireWriter();
        body.WriteUInt16(offer.WireVersion);
        body.WriteBytes(RandomNumberGenerator.GetBytes(32));
        body.WriteByte(0);
        body.WriteVector16(suites =>
        {
            foreach (var suite in offer.Suites)
            {
                suites.WriteUInt16((ushort)suite);
            }

            suites.WriteUInt16(RenegotiationInfoSignal);
        });
        body.WriteBytes([1, 0]);
        if (offer.Version != TlsVersion.Ssl30)
        {
            body.WriteVector16(extensions => WriteExtensions(extensions, offer));
        }

        return WriteFrame(offer, body);
    }

    private static byte[] WriteFrame(TlsOffer offer, WireWriter body)
    {
        var record = new WireWriter();
        record.WriteByte(HandshakeRecord);
        record.WriteUInt16(offer.Version == TlsVersion.Ssl30 ? offer.WireVersion : TlsVersions.ToWire(TlsVersion.Tls10));
        record.WriteVector16(message =>
        {
            message.WriteByte(ClientHelloMessage);
            message.WriteUInt24(body.Length);
            message.WriteBytes(body.ToArray());
        });
        return record.ToArray();
    }

    private static void WriteExtensions(WireWriter extensions, TlsOffer offer)
    {
        if (offer.ServerName is { } serverName)
        {
            WriteExtension(extensions, 0, content => content.WriteVector16(names =>
            {
                names.WriteByte(0);
                names.WriteVector16(name => name.WriteBytes(Encoding.ASCII.GetBytes(serverName)));
            }));
        }

        // Every group of IANA's registry that old versions know (curves 1 to 30, finite fields 256 to 260), the common ones first; every
        // point format.
        WriteExtension(extensions, 10, content => content.WriteVector16(WriteGroups));
        WriteExtension(extensions, 11, content => content.WriteBytes([3, 0, 1, 2]));
        if (offer.Version == TlsVersion.Tls12)
        {
            // ECDSA, RSA-PSS and RSA PKCS#1 with SHA-256, 384, 512; Ed25519, Ed448; SHA-224, SHA-1, MD5 and DSA, so that nothing but the
            // suite can be refused.
            WriteExtension(extensions, 13, content => content.WriteVector16(algorithms => algorithms.WriteBytes(
                [
                    4, 3, 5, 3, 6, 3, 8, 4, 8, 5, 8, 6, 8, 7, 8, 8, 8, 9, 8, 10, 8, 11, 4, 1, 5, 1, 6, 1, 3, 3, 3, 1, 2, 3, 2, 1, 1, 1, 6,
                    2, 5, 2, 4, 2, 3, 2, 2, 2
                ])));
        }
    }

    private static void WriteGroups(WireWriter groups)
    {
        foreach (var group in CommonGroups.Concat(Enumerable.Range(1, LastCurve)).Concat(Enumerable.Range(FirstField, Fields)).Distinct())
        {
            groups.WriteUInt16((ushort)group);
        }
    }

    private static void WriteExtension(WireWriter extensions, ushort type, Action<WireWriter> content)
    {
        extensions.WriteUInt16(type);
        extensions.WriteVector16(content);
    }
}

/// <summary>Big-endian writer with length-prefixed vectors.</summary>
internal sealed class WireWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public void WriteByte(byte value) => _bytes.Add(value);

    public void WriteBytes(ReadOnlySpan<byte> value) => _bytes.AddRange(value);

    public void WriteUInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    public void WriteUInt24(int value) => WriteBytes([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    public void WriteVector16(Action<WireWriter> content)
    {
        var inner = new WireWriter();
        content(inner);
        WriteUInt16(checked((ushort)inner.Length));
        _bytes.AddRange(inner._bytes);
    }
}
