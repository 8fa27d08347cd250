using System.Buffers.Binary;
using System.Net.Security;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Puts handshake messages together from records and reads ServerHello and Certificate.</summary>
/// <param name="trace">Is told what was read.</param>
internal sealed class HandshakeMessages(OfferTrace trace)
{
    private const byte ServerHello = 2;
    private const byte Certificate = 11;
    private const int HeaderSize = 4;

    private readonly List<byte> _pending = [];

    /// <summary>Bytes that wait for the rest of their message.</summary>
    public int Size => _pending.Count;

    /// <summary>Takes the content of one record.</summary>
    /// <returns>How it ended, completing "the server …"; null when more has to be read.</returns>
    public string? Take(byte[] content)
    {
        _pending.AddRange(content);
        while (_pending.Count >= HeaderSize)
        {
            var length = (_pending[1] << 16) | (_pending[2] << 8) | _pending[3];
            if (_pending.Count < HeaderSize + length)
            {
                return null;
            }

            var (type, body) = (_pending[0], _pending.GetRange(HeaderSize, length).ToArray());
            _pending.RemoveRange(0, HeaderSize + length);
            if (Read(type, body) is { } ending)
            {
                return ending;
            }
        }

        return null;
    }

    private string? Read(byte type, byte[] body) => type switch
    {
        ServerHello => ReadServerHello(body),
        Certificate => ReadCertificate(body),
        _ when trace.Version is null => $"sent handshake message {type} out of turn",
        _ => "presented no certificate",
    };

    private string? ReadServerHello(ReadOnlySpan<byte> body)
    {
        const int SessionIdAt = 34;
        if (body.Length <= SessionIdAt || body.Length < SessionIdAt + 3 + body[SessionIdAt])
        {
            return "sent a malformed ServerHello";
        }

        trace.Version = BinaryPrimitives.ReadUInt16BigEndian(body);
        trace.Suite = (TlsCipherSuite)BinaryPrimitives.ReadUInt16BigEndian(body[(SessionIdAt + 1 + body[SessionIdAt])..]);
        return null;
    }

    private string ReadCertificate(ReadOnlySpan<byte> body)
    {
        const int LengthSize = 3;
        var chain = new List<byte[]>();
        var rest = body.Length > LengthSize ? body[LengthSize..] : [];
        while (rest.Length > LengthSize)
        {
            var end = LengthSize + ((rest[0] << 16) | (rest[1] << 8) | rest[2]);
            if (rest.Length < end)
            {
                return "sent a malformed Certificate message";
            }

            chain.Add(rest[LengthSize..end].ToArray());
            rest = rest[end..];
        }

        trace.Chain = chain;
        return "presented its certificate";
    }
}
