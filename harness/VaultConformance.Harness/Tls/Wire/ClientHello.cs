using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>
/// A ClientHello written byte by byte (RFC 6101, 2246, 4346, 5246), because TLS libraries refuse to offer what a conformance test has to offer.
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
        body.UInt16(offer.WireVersion);
        body.Bytes(RandomNumberGenerator.GetBytes(32));
        body.Byte(0);
        body.Vector16(suites =>
        {
            foreach (var suite in offer.Suites)
            {
                suites.UInt16((ushort)suite);
            }

            suites.UInt16(RenegotiationInfoSignal);
        });
        body.Bytes([1, 0]);
        if (offer.Version != TlsVersion.Ssl30)
        {
            body.Vector16(extensions => WriteExtensions(extensions, offer));
        }

        return Frame(offer, body);
    }

    private static byte[] Frame(TlsOffer offer, WireWriter body)
    {
        var record = new WireWriter();
        record.Byte(HandshakeRecord);
        record.UInt16(offer.Version == TlsVersion.Ssl30 ? offer.WireVersion : TlsVersions.ToWire(TlsVersion.Tls10));
        record.Vector16(message =>
        {
            message.Byte(ClientHelloMessage);
            message.UInt24(body.Length);
            message.Bytes(body.ToArray());
        });
        return record.ToArray();
    }

    private static void WriteExtensions(WireWriter extensions, TlsOffer offer)
    {
        if (offer.ServerName is { } serverName)
        {
            Extension(extensions, 0, content => content.Vector16(names =>
            {
                names.Byte(0);
                names.Vector16(name => name.Bytes(Encoding.ASCII.GetBytes(serverName)));
            }));
        }

        // Every group of IANA's registry that old versions know (curves 1 to 30, finite fields 256 to 260), the common ones first; every point format.
        Extension(extensions, 10, content => content.Vector16(WriteGroups));
        Extension(extensions, 11, content => content.Bytes([3, 0, 1, 2]));
        if (offer.Version == TlsVersion.Tls12)
        {
            // ECDSA, RSA-PSS and RSA PKCS#1 with SHA-256, 384, 512; Ed25519, Ed448; SHA-224, SHA-1, MD5 and DSA, so that nothing but the suite can be refused.
            Extension(extensions, 13, content => content.Vector16(algorithms => algorithms.Bytes(
                [4, 3, 5, 3, 6, 3, 8, 4, 8, 5, 8, 6, 8, 7, 8, 8, 8, 9, 8, 10, 8, 11, 4, 1, 5, 1, 6, 1, 3, 3, 3, 1, 2, 3, 2, 1, 1, 1, 6, 2, 5, 2, 4, 2, 3, 2, 2, 2])));
        }
    }

    private static void WriteGroups(WireWriter groups)
    {
        foreach (var group in CommonGroups.Concat(Enumerable.Range(1, LastCurve)).Concat(Enumerable.Range(FirstField, Fields)).Distinct())
        {
            groups.UInt16((ushort)group);
        }
    }

    private static void Extension(WireWriter extensions, ushort type, Action<WireWriter> content)
    {
        extensions.UInt16(type);
        extensions.Vector16(content);
    }
}

/// <summary>Big-endian writer with length-prefixed vectors.</summary>
internal sealed class WireWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public void Byte(byte value) => _bytes.Add(value);

    public void Bytes(ReadOnlySpan<byte> value) => _bytes.AddRange(value);

    public void UInt16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    public void UInt24(int value) => Bytes([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    public void Vector16(Action<WireWriter> content)
    {
        var inner = new WireWriter();
        content(inner);
        UInt16(checked((ushort)inner.Length));
        _bytes.AddRange(inner._bytes);
    }
}
